import { LRUCache } from 'lru-cache';
import {
  type Attempt,
  delayedUntil,
  freeFailures,
  type GuessSource,
  HALF_LIFE_SECONDS,
  isShared,
  type SourceRecord,
} from '../../domain/security/guessing.ts';
import { BatchReader } from '../batching/batch-reader.ts';
import { InFlightCounter } from '../batching/in-flight-counter.ts';
import type { Sql, Transaction } from '../postgres/database.ts';

/** How long what was read of a source that many share is believed. */
const BELIEVED_MS = 1_000;

interface SourceRow extends GuessSource {
  readonly failures: number;
  readonly successes: number;
  /** Milliseconds since it was counted, on the database's clock. */
  readonly ageMs: number;
}

type Keyed = { readonly key: string; readonly record: SourceRecord };

/** What sources have come to in a transaction. */
export interface CountedSources {
  readonly sources: readonly (GuessSource & SourceRecord)[];
  /** Call it once the transaction is committed: one that is rolled back has counted nothing, and is tried again. */
  committed(): void;
}

/** What came in: leave it when it is decided and counted. */
export interface Entry {
  readonly delayed: boolean;
  leave(): void;
}

/**
 * What is known of where PINs come from. The counts are in the database, for all instances. Of a source that many share,
 * this instance believes what it read for a second, and what it counted itself at once. Of a person's number the count is
 * read for each attempt, and attempts that are under way count as failures until they are decided: fifty at once are
 * not fifty free ones.
 */
export class GuessSources {
  readonly #records: BatchReader<Keyed>;
  readonly #believed = new LRUCache<string, { record: SourceRecord | undefined }>({
    max: 10_000,
    ttl: BELIEVED_MS,
  });
  readonly #underway = new InFlightCounter();
  /** Successes of shared sources that are not yet written: they are worth something when somebody fails. */
  readonly #successes = new LRUCache<string, number>({
    max: 10_000,
    // Counted from the first of them: what is older would have faded.
    ttl: HALF_LIFE_SECONDS * 1_000,
    noUpdateTTL: true,
  });

  constructor(sql: Sql) {
    this.#records = new BatchReader((keys) => readSources(sql, keys));
  }

  async enter(attempt: Attempt): Promise<Entry> {
    const { callerNumber } = attempt;
    if (callerNumber === null) return { delayed: await this.#isSharedDelayed(attempt), leave: () => {} };
    const person: GuessSource = { kind: 'CALLER_NUMBER', source: callerNumber };
    const { ahead, leave } = this.#underway.enter(callerNumber);
    try {
      const known = await this.#records.find(keyOf(person));
      const tooMany = ahead >= Math.max(1, freeFailures(person.kind, known?.record));
      const delayed = tooMany || isDelayed(person, known?.record) || (await this.#isSharedDelayed(attempt));
      // Who is refused has used up nothing.
      if (delayed) leave();
      return { delayed, leave: delayed ? () => {} : leave };
    } catch (error) {
      leave();
      throw error;
    }
  }

  succeeded(attempt: Attempt): void {
    for (const source of sourcesOf(attempt)) {
      if (!isShared(source.kind)) continue;
      const key = keyOf(source);
      this.#successes.set(key, (this.#successes.get(key) ?? 0) + 1);
    }
  }

  /** Counts failures within a transaction: what is remembered of it waits until that is committed. */
  async count(tx: Transaction, attempts: readonly Attempt[]): Promise<CountedSources> {
    const failures = new Map<string, number>();
    for (const source of attempts.flatMap(sourcesOf)) {
      const key = keyOf(source);
      failures.set(key, (failures.get(key) ?? 0) + 1);
    }
    // In one order: two instances that count the same would else wait for each other.
    const keys = [...failures.keys()].toSorted();
    const counts = keys.map((key) => ({
      key,
      failures: failures.get(key) ?? 0,
      successes: this.#successes.get(key) ?? 0,
    }));
    const sources = (await countSources(tx, counts)).map((row) => {
      const { kind, source } = row;
      return { kind, source, ...recordOf(row) };
    });
    return { sources, committed: () => this.#remember(sources, counts) };
  }

  #remember(
    sources: CountedSources['sources'],
    written: readonly { key: string; successes: number }[],
  ): void {
    for (const { kind, source, ...record } of sources)
      this.#believed.set(keyOf({ kind, source }), { record });
    for (const { key, successes } of written) {
      // Some may have come while the others were written.
      const left = (this.#successes.get(key) ?? 0) - successes;
      if (left > 0) this.#successes.set(key, left);
      else this.#successes.delete(key);
    }
  }

  async #isSharedDelayed(attempt: Attempt): Promise<boolean> {
    for (const source of sourcesOf(attempt)) {
      if (!isShared(source.kind)) continue;
      const believed = this.#believed.get(keyOf(source)) ?? (await this.#read(source));
      if (isDelayed(source, believed.record)) return true;
    }
    return false;
  }

  async #read(source: GuessSource): Promise<{ record: SourceRecord | undefined }> {
    const key = keyOf(source);
    const read = { record: (await this.#records.find(key))?.record };
    this.#believed.set(key, read);
    return read;
  }
}

function isDelayed({ kind }: GuessSource, record: SourceRecord | undefined): boolean {
  const until = record && delayedUntil(kind, record);
  return until !== null && until !== undefined && until.getTime() > Date.now();
}

export function sourcesOf({ callerNumber, accessNumber, actorId, address }: Attempt): GuessSource[] {
  return [
    ...(callerNumber === null ? [] : [{ kind: 'CALLER_NUMBER' as const, source: callerNumber }]),
    ...(accessNumber === null ? [] : [{ kind: 'ACCESS_NUMBER' as const, source: accessNumber }]),
    { kind: 'CREDENTIAL', source: actorId },
    { kind: 'ADDRESS', source: address },
  ];
}

export function keyOf({ kind, source }: GuessSource): string {
  return `${kind} ${source}`;
}

function split(keys: readonly string[]) {
  return {
    kinds: keys.map((key) => key.slice(0, key.indexOf(' '))),
    names: keys.map((key) => key.slice(key.indexOf(' ') + 1)),
  };
}

const faded = (sql: Sql | Transaction, column: 'failures' | 'successes') => sql`
  s.${sql(column)} * power(0.5, extract(epoch FROM clock_timestamp() - s.counted_at)::float8 / ${HALF_LIFE_SECONDS}::int)`;

const ageMs = (sql: Sql | Transaction) =>
  sql`greatest(0, extract(epoch FROM clock_timestamp() - s.counted_at)::float8 * 1000) AS "ageMs"`;

async function readSources(sql: Sql, keys: readonly string[]): Promise<Keyed[]> {
  const { kinds, names } = split(keys);
  const rows = await sql<SourceRow[]>`
    SELECT s.kind, s.source, s.failures, s.successes, ${ageMs(sql)}
    FROM unnest(${kinds}::text[], ${names}::text[]) AS asked (kind, source)
    JOIN guess_sources AS s ON s.kind = asked.kind::guess_source_kind AND s.source = asked.source`;
  return rows.map((row) => ({ key: keyOf(row), record: recordOf(row) }));
}

function countSources(
  tx: Transaction,
  counts: readonly { key: string; failures: number; successes: number }[],
) {
  const { kinds, names } = split(counts.map(({ key }) => key));
  return tx<SourceRow[]>`
    INSERT INTO guess_sources AS s (kind, source, failures, successes, counted_at)
    SELECT kind::guess_source_kind, source, failures, successes, clock_timestamp() FROM unnest(
      ${kinds}::text[], ${names}::text[], ${counts.map(({ failures }) => `${failures}`)}::float8[],
      ${counts.map(({ successes }) => `${successes}`)}::float8[]
    ) AS n (kind, source, failures, successes)
    ON CONFLICT (kind, source) DO UPDATE SET
      failures = ${faded(tx, 'failures')} + excluded.failures,
      successes = ${faded(tx, 'successes')} + excluded.successes,
      counted_at = clock_timestamp()
    RETURNING s.kind, s.source, s.failures, s.successes, ${ageMs(tx)}`;
}

function recordOf({ failures, successes, ageMs }: SourceRow): SourceRecord {
  return { failures, successes, countedAt: new Date(Date.now() - ageMs) };
}

/** Forgets what has faded to nothing. */
export async function purgeGuessSources(sql: Sql): Promise<void> {
  await sql`DELETE FROM guess_sources WHERE counted_at < now() - make_interval(secs => ${HALF_LIFE_SECONDS * 10})`;
}
