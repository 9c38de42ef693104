import { Rejection } from './rejection.ts';

/** Reasons that disappear with time or through somebody else's action. */
const PASSING: readonly string[] = [
  'INSUFFICIENT_BALANCE',
  'TOO_MANY_CALLS',
  'FAIR_USE_REACHED',
  'CARD_INACTIVE',
  'CARD_LOCKED',
  'CARD_IN_GRACE',
  'CARD_DEACTIVATED',
];

/** The call may not be made, for one of a closed list of reasons. */
export class CallRefused extends Rejection<{ reason: string; switchCallId: string }> {
  static readonly code = 'CALL_REFUSED';
  /** The reasons for which a retry may succeed. */
  static readonly retryableReasons = PASSING;
  readonly retryable: boolean;
  constructor(data: { reason: string; switchCallId: string }) {
    super(`The call may not be made: ${data.reason}. Play the caller the prompt for it.`, data);
    this.retryable = PASSING.includes(data.reason);
  }
}

/** The switch's call id already identifies another call. */
export class CallIdReused extends Rejection<{
  switchCallId: string;
  authorizedAt: string;
  hasEnded: boolean;
}> {
  static readonly code = 'CALL_ID_REUSED';
  readonly retryable = false;
  /** @param data.authorizedAt ISO 8601: when that other call began */
  constructor(data: { switchCallId: string; authorizedAt: string; hasEnded: boolean }) {
    const { switchCallId, authorizedAt, hasEnded } = data;
    super(
      `Call id "${switchCallId}" belongs to another call, which began at ${authorizedAt}${hasEnded ? ' and has ended' : ''}: nothing was granted. Make ids that are unique for the switch, or for its group of switches, also after a restart: a counter alone is not.`,
      data,
    );
  }
}

/** The call has already ended in another way. */
export class CallEnded extends Rejection<{ switchCallId: string; state: string }> {
  static readonly code = 'CALL_ENDED';
  readonly retryable = false;
  constructor(data: { switchCallId: string; state: string }) {
    super(`Call "${data.switchCallId}" has ended before, as ${data.state}: nothing was changed.`, data);
  }
}
