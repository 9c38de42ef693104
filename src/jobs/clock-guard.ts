import os from 'node:os';
import { counted } from '../domain/rejections/counted.ts';
import {
  type ClockReading,
  jumpBetween,
  jumpSinceStop,
  latestTrusted,
} from '../domain/values/clock-trust.ts';
import type { Sql } from '../store/postgres/database.ts';
import { type ClockState, markTrusted, readClock } from '../store/security/clock-marks.ts';
import { raiseAlerts } from '../store/security/security-alerts.ts';

/** How often the time is remembered for the next start. */
const MARK_EVERY_MS = 60_000;
/** One alert an hour while the clock is wrong. */
const ALERT_WINDOW_SECONDS = 3_600;

interface ClockGuardOptions {
  readonly sql: Sql;
  /** Milliseconds of a clock that nobody sets and that goes on while the machine sleeps. */
  uptimeMs?(): number;
  /** Called once per jump. */
  onJump?(message: string): void;
}

/**
 * Watches the database's clock, on which cards expire. What expiry, fees, abandoned calls and retention do can't be
 * undone by setting a clock right, so they wait when it jumped: against the time that this machine is up, or, at a start,
 * against the last time that is known. They go on by themselves when the clock is back where it should be, or when an
 * administrator confirms it.
 *
 * A time is remembered only while the clock is trusted: what is written under a wrong clock can't vouch for it.
 */
export class ClockGuard {
  readonly #sql: Sql;
  readonly #uptimeMs: () => number;
  readonly #onJump: (message: string) => void;
  #trusted: ClockReading | undefined;
  #confirmedAt: number | null | undefined;
  #markedMs = Number.NEGATIVE_INFINITY;
  #isHalted = false;

  constructor({ sql, uptimeMs = () => os.uptime() * 1_000, onJump = () => {} }: ClockGuardOptions) {
    this.#sql = sql;
    this.#uptimeMs = uptimeMs;
    this.#onJump = onJump;
  }

  /** Whether irreversible work may be done now. Raises an alert when it may not. */
  async check(): Promise<boolean> {
    const state = await readClock(this.#sql);
    const reading = { nowMs: state.now.getTime(), uptimeMs: this.#uptimeMs() };
    const jumpMs = this.#jumpTo(reading, state);
    if (jumpMs !== 0) {
      await this.#halt(jumpMs);
      return false;
    }
    this.#isHalted = false;
    this.#trusted = reading;
    if (Math.abs(reading.nowMs - this.#markedMs) >= MARK_EVERY_MS) {
      await markTrusted(this.#sql, state.now);
      this.#markedMs = reading.nowMs;
    }
    return true;
  }

  /** Whether an instant of the database's clock is one that it may show by now: it may jump after a check. */
  readonly isTrusted = (now: Date): boolean =>
    this.#trusted !== undefined && now.getTime() <= latestTrusted(this.#trusted, this.#uptimeMs());

  /** Does a job only while the clock is trusted. */
  guarding<Result>(run: (signal: AbortSignal) => Promise<Result>) {
    return async (signal: AbortSignal): Promise<Result | undefined> =>
      (await this.check()) ? run(signal) : undefined;
  }

  #jumpTo(reading: ClockReading, { trustedAt, confirmedAt, newestEventAt }: ClockState): number {
    const confirmed = confirmedAt?.getTime() ?? null;
    const isConfirmed = this.#confirmedAt !== undefined && confirmed !== this.#confirmedAt;
    this.#confirmedAt = confirmed;
    if (isConfirmed) return 0;
    // The mark of a running server is a minute old: it shows a jump that moved the machine's own clock along.
    const sinceMark = jumpSinceStop(trustedAt ?? newestEventAt, reading.nowMs);
    return this.#trusted ? jumpBetween(this.#trusted, reading) || sinceMark : sinceMark;
  }

  async #halt(jumpMs: number): Promise<void> {
    if (this.#isHalted) return;
    this.#isHalted = true;
    const message = `The database's clock jumped: it is ${inWords(jumpMs)} of what is expected. Cards do not expire, and fees, abandoned calls and retention wait. Set the clock right; if it is right, confirm it with confirmClock.`;
    this.#onJump(message);
    const windowSeconds = ALERT_WINDOW_SECONDS;
    await this.#sql.begin((tx) =>
      raiseAlerts(tx, [{ kind: 'CLOCK_JUMPED', subject: 'database', windowSeconds, message }]),
    );
  }
}

function inWords(jumpMs: number): string {
  const minutes = Math.round(Math.abs(jumpMs) / 60_000);
  const size =
    minutes < 120
      ? counted(minutes, 'minute')
      : minutes < 2_880
        ? counted(Math.round(minutes / 60), 'hour')
        : counted(Math.round(minutes / 1_440), 'day');
  return `${size} ${jumpMs > 0 ? 'ahead' : 'behind'}`;
}
