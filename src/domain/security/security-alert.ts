import type { GuessSource } from './guessing.ts';

/** What people should look at. */
export const SECURITY_ALERT_KINDS = [
  'GUESSING',
  'CARD_LOCKED_BY_FAILURES',
  'UNUSUAL_RECHARGES',
  'TOO_MANY_REPLACEMENTS',
  'NEW_NETWORK',
  'PIN_REVEAL',
  'CALL_ID_REUSED',
  'CLOCK_JUMPED',
] as const;

export type SecurityAlertKind = (typeof SECURITY_ALERT_KINDS)[number];

export interface NewSecurityAlert {
  readonly kind: SecurityAlertKind;
  /** The subject, in one word: one alert per subject and window. */
  readonly subject: string;
  /** Seconds within which a second alert of the same subject is not repeated. */
  readonly windowSeconds: number;
  /** A sentence for people. Never contains a PIN. */
  readonly message: string;
  readonly source?: GuessSource;
  readonly cardId?: string;
  readonly partnerId?: string;
  readonly actorId?: string;
}
