import { Rejection } from './rejection.ts';

/** The limit on PINs shown one by one per day was reached. */
export class PinRevealsExhausted extends Rejection<{ allowed: number; inAll: boolean }> {
  static readonly code = 'PIN_REVEALS_EXHAUSTED';
  readonly retryable = true;
  constructor(data: { allowed: number; inAll: boolean }) {
    const whose = data.inAll ? 'all administrators' : 'one administrator';
    super(
      `In 24 hours ${whose} may ask for ${data.allowed} PINs: try again later, or replace the card.`,
      data,
    );
  }
}
