import type { GuessSource } from './guessing.ts';

/** What people should look at. */
export type SecurityAlertKind =
  | 'GUESSING'
  | 'CARD_LOCKED_BY_FAILURES'
  | 'UNUSUAL_RECHARGES'
  | 'TOO_MANY_REPLACEMENTS'
  | 'NEW_NETWORK'
  | 'PIN_REVEAL';

export interface NewSecurityAlert {
  readonly kind: SecurityAlertKind;
  /** What it is about, in one word: one alert for each subject in each window. */
  readonly subject: string;
  /** Seconds in which a second alert of the same subject says nothing new. */
  readonly windowSeconds: number;
  /** For people, in a sentence. Never a PIN. */
  readonly message: string;
  readonly source?: GuessSource;
  readonly cardId?: string;
  readonly partnerId?: string;
  readonly actorId?: string;
}
