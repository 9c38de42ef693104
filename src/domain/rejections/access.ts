import { Rejection } from './rejection.ts';

/** The role allows the operation, but a rule about this object does not. */
export class NotAllowed extends Rejection<{ problem: string }> {
  static readonly code = 'NOT_ALLOWED';
  readonly retryable = false;
  constructor(data: { problem: string }) {
    super(data.problem, data);
  }
}

/** An API key that has ended can't be rotated: there is nothing left to hand over. */
export class ApiKeyEnded extends Rejection<{ id: string }> {
  static readonly code = 'API_KEY_ENDED';
  readonly retryable = false;
  constructor(data: { id: string }) {
    super('The key has expired or was revoked: make a new one with createApiKey.', data);
  }
}
