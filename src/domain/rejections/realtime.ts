import { Rejection } from './rejection.ts';

/** A cursor that this log never issued. */
export class InvalidCursor extends Rejection<{ cursor: string }> {
  static readonly code = 'INVALID_CURSOR';
  readonly retryable = false;
  constructor(data: { cursor: string }) {
    super(
      'This is not a cursor of the event log: use the cursor of the last event you saw, unchanged, or none.',
      data,
    );
  }
}

/** A cursor of an event that this log does not have: it has not come as far, or has another event there. */
export class CursorAhead extends Rejection<{ cursor: string }> {
  static readonly code = 'CURSOR_AHEAD';
  readonly retryable = false;
  constructor(data: { cursor: string }) {
    super(
      'The event log does not have the event of this cursor: it is of another database, or this one has lost its latest changes, in a failover or because a backup was restored. Load the present state by query, then subscribe without a cursor.',
      data,
    );
  }
}

/** A cursor older than the kept part of the log. */
export class CursorExpired extends Rejection<{ cursor: string }> {
  static readonly code = 'CURSOR_EXPIRED';
  readonly retryable = false;
  constructor(data: { cursor: string }) {
    super(
      'Events this old are no longer kept: load the present state by query, then subscribe without a cursor.',
      data,
    );
  }
}
