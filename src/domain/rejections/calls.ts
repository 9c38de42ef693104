import { Rejection } from './rejection.ts';

/** Reasons that pass by themselves or by someone else's act. */
const PASSING: readonly string[] = [
  'INSUFFICIENT_BALANCE',
  'TOO_MANY_CALLS',
  'FAIR_USE_REACHED',
  'CARD_INACTIVE',
  'CARD_LOCKED',
  'CARD_IN_GRACE',
  'CARD_DEACTIVATED',
];

/** The call may not be made, for a reason out of a closed list. */
export class CallRefused extends Rejection<{ reason: string; switchCallId: string }> {
  static readonly code = 'CALL_REFUSED';
  readonly retryable: boolean;
  constructor(data: { reason: string; switchCallId: string }) {
    super(`The call may not be made: ${data.reason}. Play the caller the prompt for it.`, data);
    this.retryable = PASSING.includes(data.reason);
  }
}

/** The switch's call id stands for another call. */
export class CallIdReused extends Rejection<{ switchCallId: string }> {
  static readonly code = 'CALL_ID_REUSED';
  readonly retryable = false;
  constructor(data: { switchCallId: string }) {
    super(
      `Call id "${data.switchCallId}" was used for another call: make ids that are unique for the switch, or for its group of switches.`,
      data,
    );
  }
}

/** The call was ended in another way before. */
export class CallEnded extends Rejection<{ switchCallId: string; state: string }> {
  static readonly code = 'CALL_ENDED';
  readonly retryable = false;
  constructor(data: { switchCallId: string; state: string }) {
    super(`Call "${data.switchCallId}" has ended before, as ${data.state}: nothing was changed.`, data);
  }
}
