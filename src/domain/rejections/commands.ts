import { Rejection } from './rejection.ts';

/** An idempotency key that was used before, with other arguments or for another operation. */
export class IdempotencyKeyReused extends Rejection<{ key: string }> {
  static readonly code = 'IDEMPOTENCY_KEY_REUSED';
  readonly retryable = false;
  constructor(data: { key: string }) {
    super(
      `The idempotency key "${data.key}" was used with other arguments: make a new key for a new request.`,
      data,
    );
  }
}

/** The server's queue is full. Nothing was done. */
export class Overloaded extends Rejection<{ queued: number }> {
  static readonly code = 'OVERLOADED';
  readonly retryable = true;
  override readonly isOutcome = false;
  constructor(data: { queued: number }) {
    super(
      'Too many commands are queued: nothing was done. Send the same request again with the same key in a moment.',
      data,
    );
  }
}
