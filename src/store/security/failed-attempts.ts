import { LRUCache } from 'lru-cache';
import type { Spender } from '../../domain/security/guess-shares.ts';
import {
  type Attempt,
  type AuthenticationFailure,
  isAlarming,
  isHeldAgainst,
} from '../../domain/security/guessing.ts';
import { BatchWriter } from '../batching/batch-writer.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { rolledBack } from '../postgres/database-errors.ts';
import { newId } from '../postgres/new-id.ts';
import type { GuessPayment } from './guess-budgets.ts';
import { type CountedSources, type GuessSources, keyOf } from './guess-sources.ts';
import { raiseAlerts } from './security-alerts.ts';

interface FailedAttempt {
  readonly attempt: Attempt;
  readonly failure: AuthenticationFailure;
  /** The serial that was given. */
  readonly serial: string | null;
  /** The card that was found, or whose serial was given. */
  readonly cardId: string | null;
  /** The payment for the comparison; null: there was none. */
  readonly payment: Pick<GuessPayment, 'scope' | 'holders'> | null;
}

/** Maximum stored length of a serial that was given: no serial is longer. */
const SERIAL_LENGTH = 100;
const NO_SERIAL = '';
const ALERT_EVERY_SECONDS = 3_600;

/**
 * Counts failures, for the operator and against the guesser, before the caller gets a response: by source, by serial,
 * by budget, and with the true reason. All reasons cost the same; concurrent failures share a transaction. Attempts
 * that were refused without a comparison are counted by minute and credential only, so that a flood of them grows no
 * table.
 */
export class FailedAttempts {
  readonly #sql: Sql;
  readonly #sources: GuessSources;
  readonly #windowSeconds: number;
  readonly #writes = new BatchWriter((failed: readonly FailedAttempt[]) =>
    this.#write(failed).catch((error) => {
      if (rolledBack(error)) return this.#write(failed);
      throw error;
    }),
  );
  readonly #alerted = new LRUCache<string, true>({ max: 10_000, ttl: ALERT_EVERY_SECONDS * 1_000 });

  /** @param windowSeconds the window in which failures with one serial are counted */
  constructor({ sql, sources, windowSeconds }: { sql: Sql; sources: GuessSources; windowSeconds: number }) {
    this.#sql = sql;
    this.#sources = sources;
    this.#windowSeconds = windowSeconds;
  }

  /**
   * Resolves with the number of failures of this credential with this serial in the current window; 0 when no serial
   * was given.
   */
  count(failed: FailedAttempt): Promise<number> {
    return this.#writes.add(failed);
  }

  async #write(failed: readonly FailedAttempt[]): Promise<number[]> {
    const held = failed.filter(({ failure }) => isHeldAgainst(failure));
    // A PIN alone counts for an impossible serial, so that it costs as much as one with a serial.
    const tries = triesOf(held);
    const { counted, bySource, alerts } = await this.#sql.begin(async (tx) => {
      const bySerial = tries.length === 0 ? [] : await countSerials(tx, tries, this.#windowSeconds);
      const counted = new Map(bySerial.map((row) => [triesKey(row), row.failures]));
      const [bySource] = await Promise.all([
        held.length === 0
          ? undefined
          : this.#sources.count(
              tx,
              held.map(({ attempt }) => attempt),
              newSerialsIn(tries, counted),
            ),
        insertFailures(tx, failed),
        countSpent(tx, failed),
      ]);
      const alerts = this.#alertsFor(bySource?.sources ?? []);
      await raiseAlerts(tx, alerts);
      return { counted, bySource, alerts };
    });
    // Only after the commit: after a deadlock the same failures are counted again, and must raise the alert again.
    bySource?.committed();
    for (const alarming of alerts) this.#alerted.set(keyOf(alarming.of), true);
    return failed.map(({ serial, attempt: { lineageId } }) =>
      serial === null ? 0 : (counted.get(triesKey({ serial: shortened(serial), lineageId })) ?? 0),
    );
  }

  #alertsFor(sources: CountedSources['sources']) {
    const alarming = sources.filter(
      (source) => isAlarming(source.kind, source) && !this.#alerted.has(keyOf(source)),
    );
    return alarming.map(({ kind, source, lineageId, failures }) => ({
      kind: 'GUESSING' as const,
      subject: `${kind} ${source} ${lineageId}`,
      windowSeconds: ALERT_EVERY_SECONDS,
      message: `About ${Math.round(failures)} PINs from one source were refused in a short time.`,
      source: { kind, source },
      of: { kind, source, lineageId },
      ...(kind === 'CREDENTIAL' && { actorId: source }),
    }));
  }
}

const shortened = (serial: string) => serial.slice(0, SERIAL_LENGTH);

/** One credential's failures with one serial. */
interface Tries {
  readonly serial: string;
  readonly lineageId: string;
  readonly failures: number;
}

const triesKey = ({ serial, lineageId }: Pick<Tries, 'serial' | 'lineageId'>) => `${lineageId} ${serial}`;

function triesOf(held: readonly FailedAttempt[]): Tries[] {
  const tries = new Map<string, Tries>();
  for (const { serial: given, attempt } of held) {
    const { lineageId } = attempt;
    const serial = shortened(given ?? NO_SERIAL);
    const key = triesKey({ serial, lineageId });
    tries.set(key, { serial, lineageId, failures: (tries.get(key)?.failures ?? 0) + 1 });
  }
  return [...tries.values()];
}

/**
 * Serials that a lineage had not failed with before: all its failures with them in the window are those just counted.
 */
function newSerialsIn(tries: readonly Tries[], counted: ReadonlyMap<string, number>): Map<string, number> {
  const fresh = new Map<string, number>();
  for (const each of tries) {
    if (each.serial === NO_SERIAL || counted.get(triesKey(each)) !== each.failures) continue;
    fresh.set(each.lineageId, (fresh.get(each.lineageId) ?? 0) + 1);
  }
  return fresh;
}

/** Counts whether or not a card has the serial: both cases must cost the same. */
function countSerials(tx: Transaction, tries: readonly Tries[], windowSeconds: number) {
  return tx<Tries[]>`
    INSERT INTO serial_failures AS s (serial, lineage_id, failures, since)
    SELECT serial, lineage_id, failures, clock_timestamp()
    FROM unnest(
      ${tries.map(({ serial }) => serial)}::text[],
      ${tries.map(({ lineageId }) => lineageId)}::uuid[],
      ${tries.map(({ failures }) => `${failures}`)}::int[]
    ) AS n (serial, lineage_id, failures)
    ORDER BY serial COLLATE "C", lineage_id
    ON CONFLICT (serial, lineage_id) DO UPDATE SET
      failures = excluded.failures + CASE WHEN s.since > now() - make_interval(secs => ${windowSeconds})
        THEN s.failures ELSE 0 END,
      since = CASE WHEN s.since > now() - make_interval(secs => ${windowSeconds})
        THEN s.since ELSE clock_timestamp() END
    RETURNING s.serial, s.lineage_id AS "lineageId", s.failures`;
}

/** Records failures in the budget rows that paid for them. */
function countSpent(tx: Transaction, failed: readonly FailedAttempt[]) {
  const spent = new Map<string, { scope: string; holder: string; count: number }>();
  for (const { payment } of failed) {
    for (const holder of payment?.holders ?? []) {
      const scope = payment?.scope ?? '';
      const key = `${scope} ${holder}`;
      spent.set(key, { scope, holder, count: (spent.get(key)?.count ?? 0) + 1 });
    }
  }
  const rows = [...spent.values()];
  return tx`
    WITH n AS (
      SELECT scope::guess_scope, holder, spent
      FROM unnest(
        ${rows.map(({ scope }) => scope)}::text[],
        ${rows.map(({ holder }) => holder)}::text[],
        ${rows.map(({ count }) => `${count}`)}::int[]
      ) AS n (scope, holder, spent)
    ), locked AS (
      SELECT b.scope, b.holder, n.spent FROM guess_budgets AS b JOIN n USING (scope, holder)
      ORDER BY b.scope, b.holder FOR UPDATE OF b
    )
    UPDATE guess_budgets AS b
    SET failed = b.failed + locked.spent, drawn = greatest(b.drawn, b.failed + locked.spent)
    FROM locked WHERE b.scope = locked.scope AND b.holder = locked.holder`;
}

function insertFailures(tx: Transaction, failed: readonly FailedAttempt[]) {
  const alike = new Map<string, { row: FailureRow; attempts: number }>();
  for (const row of failed.map(rowOf)) {
    const key = JSON.stringify(row);
    alike.set(key, { row, attempts: (alike.get(key)?.attempts ?? 0) + 1 });
  }
  const sorted = [...alike].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  const column = (name: keyof FailureRow) => sorted.map(({ row }) => row[name]);
  return tx`
    INSERT INTO failed_authentications AS f (id, minute, reason, operation, actor_id, address, caller_number,
      access_number, serial, card_id, attempts, last_at)
    SELECT id, date_trunc('minute', now()), reason::authentication_failure, operation::keyed_operation, actor_id,
      address, caller_number, access_number, serial, card_id, attempts, clock_timestamp()
    FROM unnest(
      ${sorted.map(newId)}::uuid[],
      ${column('failure')}::text[],
      ${column('operation')}::text[],
      ${column('actorId')}::uuid[],
      ${column('address')}::text[],
      ${column('callerNumber')}::text[],
      ${column('accessNumber')}::text[],
      ${column('serial')}::text[],
      ${column('cardId')}::uuid[],
      ${sorted.map(({ attempts }) => `${attempts}`)}::int[]
    ) AS n (id, reason, operation, actor_id, address, caller_number, access_number, serial, card_id, attempts)
    ON CONFLICT ON CONSTRAINT failed_authentications_alike_key DO UPDATE SET
      attempts = f.attempts + excluded.attempts, last_at = excluded.last_at`;
}

type FailureRow = Omit<Attempt, keyof Spender> & Pick<FailedAttempt, 'failure' | 'serial' | 'cardId'>;

/** A serial that no card has could be any text, so it is not stored. */
function rowOf({ attempt, failure, serial, cardId }: FailedAttempt): FailureRow {
  const { operation, actorId, address, callerNumber, accessNumber } = attempt;
  const named = cardId === null ? null : serial;
  const where = { failure, operation, actorId, address };
  return isHeldAgainst(failure)
    ? { ...where, callerNumber, accessNumber, serial: named, cardId }
    : { ...where, callerNumber: null, accessNumber: null, serial: named, cardId };
}

/** Deletes failures older than a number of days, and serials whose window is over. */
export async function purgeFailedAttempts(
  sql: Sql,
  { days, windowSeconds }: { days: number; windowSeconds: number },
): Promise<void> {
  await sql`DELETE FROM failed_authentications WHERE minute < now() - make_interval(days => ${days})`;
  await sql`DELETE FROM serial_failures WHERE since < now() - make_interval(secs => ${windowSeconds})`;
  await sql`DELETE FROM failure_locks WHERE since < now() - make_interval(secs => ${windowSeconds})`;
}
