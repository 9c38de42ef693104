import { LRUCache } from 'lru-cache';
import {
  type Attempt,
  delayedUntil,
  freeFailures,
  type GuessSource,
  HALF_LIFE_SECONDS,
  isShared,
  type SourceRecord,
  serialsAtOnce,
  serialsRefusedUntil,
} from '../../domain/security/guessing.ts';
import { BatchReader } from '../batching/batch-reader.ts';
import { InFlightCounter } from '../batching/in-flight-counter.ts';
import type { Sql, Transaction } from '../postgres/database.ts';

/** How long the record of a shared source is cached. */
const CACHED_MS = 1_000;

/** A source as reported by one credential: what others report about the same number or address does not affect it. */
interface BroughtSource extends GuessSource {
  readonly lineageId: string;
}

interface SourceRow extends BroughtSource, Omit<SourceRecord, 'countedAt'> {
  /** Milliseconds since it was counted, on the database's clock. */
  readonly ageMs: number;
}

type KeyedRecord = { readonly key: string; readonly record: SourceRecord };

/** The increments for one source. */
interface Counts {
  readonly key: string;
  readonly failures: number;
  readonly successes: number;
  readonly serials: number;
}

/** The records of sources as counted in a transaction. */
export interface CountedSources {
  readonly sources: readonly (BroughtSource & SourceRecord)[];
  /** Call this after the commit: a transaction that is rolled back has counted nothing, and is retried. */
  committed(): void;
}

/** An attempt in progress: leave it when it is decided and counted. */
export interface Entry {
  readonly delayed: boolean;
  leave(): void;
}

/**
 * The records of the sources of PINs. The counts are in the database, for all instances. The record of a shared source
 * is cached for a second, and updated at once with this instance's own counts. The record of a person's number is read
 * for each attempt, and attempts in progress count as failures until they are decided: fifty concurrent attempts must
 * not all be free.
 */
export class GuessSources {
  readonly #records: BatchReader<KeyedRecord>;
  readonly #cached = new LRUCache<string, { record: SourceRecord | undefined }>({
    max: 10_000,
    ttl: CACHED_MS,
  });
  readonly #inFlight = new InFlightCounter();
  /** Successes of shared sources that are not yet written: they matter only when somebody fails. */
  readonly #successes = new LRUCache<string, number>({
    max: 10_000,
    // The TTL starts at the first success: older ones would have decayed.
    ttl: HALF_LIFE_SECONDS * 1_000,
    noUpdateTTL: true,
  });
  /** Cards whose success was counted: one valid card, used again and again, is one success. */
  readonly #succeeded = new LRUCache<string, true>({ max: 100_000, ttl: HALF_LIFE_SECONDS * 1_000 });

  constructor(sql: Sql) {
    this.#records = new BatchReader((keys) => readSources(sql, keys));
  }

  /** @param bySerial whether the attempt names a serial: then the serials that its credential tried are limited too */
  async enter(attempt: Attempt, { bySerial }: { bySerial: boolean }): Promise<Entry> {
    const [person, serials] = [this.#enterPerson(attempt), bySerial ? this.#enterSerial(attempt) : undefined];
    const leave = () => {
      person.leave();
      serials?.leave();
    };
    try {
      const delayed =
        (await person.isDelayed()) ||
        (await this.#isSharedDelayed(attempt)) ||
        ((await serials?.isRefused()) ?? false);
      // A refused attempt does not count as in progress.
      if (delayed) leave();
      return { delayed, leave: delayed ? () => {} : leave };
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** @param cardId the card that was found: it counts once per period */
  succeeded(attempt: Attempt, cardId: string): void {
    const once = `${attempt.lineageId} ${cardId}`;
    if (this.#succeeded.has(once)) return;
    this.#succeeded.set(once, true);
    for (const source of sourcesOf(attempt)) {
      if (!isShared(source.kind)) continue;
      const key = keyOf(source);
      this.#successes.set(key, (this.#successes.get(key) ?? 0) + 1);
    }
  }

  /**
   * Counts failures within a transaction; the cache is updated only after the commit.
   *
   * @param newSerials how many serials each lineage had not tried before in the window
   */
  async count(
    tx: Transaction,
    attempts: readonly Attempt[],
    newSerials: ReadonlyMap<string, number> = new Map(),
  ): Promise<CountedSources> {
    const sources = new Map<string, { source: BroughtSource; failures: number }>();
    for (const source of attempts.flatMap(sourcesOf)) {
      const key = keyOf(source);
      sources.set(key, { source, failures: (sources.get(key)?.failures ?? 0) + 1 });
    }
    // In a fixed order: otherwise two instances that count the same sources could deadlock.
    const counts = [...sources.keys()].toSorted().map((key): Counts => {
      const counted = sources.get(key);
      const isCredential = counted?.source.kind === 'CREDENTIAL';
      return {
        key,
        failures: counted?.failures ?? 0,
        successes: this.#successes.get(key) ?? 0,
        serials: isCredential ? (newSerials.get(counted.source.lineageId) ?? 0) : 0,
      };
    });
    const written = (await countSources(tx, counts)).map((row) => {
      const { kind, source, lineageId } = row;
      return { kind, source, lineageId, ...recordOf(row) };
    });
    return { sources: written, committed: () => this.#remember(written, counts) };
  }

  #remember(sources: CountedSources['sources'], written: readonly Counts[]): void {
    for (const { kind, source, lineageId, ...record } of sources)
      this.#cached.set(keyOf({ kind, source, lineageId }), { record });
    for (const { key, successes } of written) {
      // More may have been added while these were written.
      const left = (this.#successes.get(key) ?? 0) - successes;
      if (left > 0) this.#successes.set(key, left);
      else this.#successes.delete(key);
    }
  }

  #enterPerson({ callerNumber, lineageId }: Attempt) {
    if (callerNumber === null) return { isDelayed: async () => false, leave: () => {} };
    const person: BroughtSource = { kind: 'CALLER_NUMBER', source: callerNumber, lineageId };
    const { ahead, leave } = this.#inFlight.enter(keyOf(person));
    const isDelayed = async () => {
      const known = await this.#records.find(keyOf(person));
      const tooMany = ahead >= Math.max(1, freeFailures(person.kind, known?.record));
      return tooMany || isDelayedNow(person, known?.record);
    };
    return { isDelayed, leave };
  }

  #enterSerial({ lineageId }: Attempt) {
    const credential: BroughtSource = { kind: 'CREDENTIAL', source: lineageId, lineageId };
    const key = keyOf(credential);
    const { ahead, leave } = this.#inFlight.enter(`serials ${key}`);
    const isRefused = async () => {
      const { record } = this.#cached.get(key) ?? (await this.#read(credential));
      const { serials = 0, successes = 0 } = record ?? {};
      const waiting = this.#successes.get(key) ?? 0;
      if (ahead >= serialsAtOnce({ serials, successes: successes + waiting })) return true;
      return record !== undefined && isLater(serialsRefusedUntil(record));
    };
    return { isRefused, leave };
  }

  async #isSharedDelayed(attempt: Attempt): Promise<boolean> {
    for (const source of sourcesOf(attempt)) {
      if (!isShared(source.kind)) continue;
      const cached = this.#cached.get(keyOf(source)) ?? (await this.#read(source));
      if (isDelayedNow(source, cached.record)) return true;
    }
    return false;
  }

  async #read(source: BroughtSource): Promise<{ record: SourceRecord | undefined }> {
    const key = keyOf(source);
    const read = { record: (await this.#records.find(key))?.record };
    this.#cached.set(key, read);
    return read;
  }
}

function isDelayedNow({ kind }: GuessSource, record: SourceRecord | undefined): boolean {
  return record !== undefined && isLater(delayedUntil(kind, record));
}

function isLater(until: Date | null): boolean {
  return until !== null && until.getTime() > Date.now();
}

function sourcesOf({ callerNumber, accessNumber, lineageId, address }: Attempt): BroughtSource[] {
  return [
    ...(callerNumber === null ? [] : [{ kind: 'CALLER_NUMBER' as const, source: callerNumber, lineageId }]),
    ...(accessNumber === null ? [] : [{ kind: 'ACCESS_NUMBER' as const, source: accessNumber, lineageId }]),
    { kind: 'CREDENTIAL', source: lineageId, lineageId },
    { kind: 'ADDRESS', source: address, lineageId },
  ];
}

export function keyOf({ kind, lineageId, source }: BroughtSource): string {
  return `${kind} ${lineageId} ${source}`;
}

/** The sources as columns. Kinds and lineages contain no spaces. */
function sourceColumns(keys: readonly string[]) {
  const parts = keys.map((key) => {
    const [kind = '', lineageId = ''] = key.split(' ', 2);
    return { kind, lineageId, source: key.slice(kind.length + lineageId.length + 2) };
  });
  return {
    kinds: parts.map(({ kind }) => kind),
    lineages: parts.map(({ lineageId }) => lineageId),
    names: parts.map(({ source }) => source),
  };
}

const decayed = (sql: Sql | Transaction, column: 'failures' | 'successes' | 'serials') => sql`
  s.${sql(column)} * power(0.5, extract(epoch FROM clock_timestamp() - s.counted_at)::float8 / ${HALF_LIFE_SECONDS}::int)`;

const columns = (sql: Sql | Transaction) => sql`
  s.kind, s.source, s.lineage_id AS "lineageId", s.failures, s.successes, s.serials,
  greatest(0, extract(epoch FROM clock_timestamp() - s.counted_at)::float8 * 1000) AS "ageMs"`;

async function readSources(sql: Sql, keys: readonly string[]): Promise<KeyedRecord[]> {
  const { kinds, lineages, names } = sourceColumns(keys);
  const rows = await sql<SourceRow[]>`
    SELECT ${columns(sql)}
    FROM unnest(${kinds}::text[], ${lineages}::uuid[], ${names}::text[]) AS asked (kind, lineage_id, source)
    JOIN guess_sources AS s
      ON s.kind = asked.kind::guess_source_kind AND s.source = asked.source AND s.lineage_id = asked.lineage_id`;
  return rows.map((row) => ({ key: keyOf(row), record: recordOf(row) }));
}

function countSources(tx: Transaction, counts: readonly Counts[]) {
  const { kinds, lineages, names } = sourceColumns(counts.map(({ key }) => key));
  const column = (name: 'failures' | 'successes' | 'serials') => counts.map((each) => `${each[name]}`);
  return tx<SourceRow[]>`
    INSERT INTO guess_sources AS s (kind, source, lineage_id, failures, successes, serials, counted_at)
    SELECT kind::guess_source_kind, source, lineage_id, failures, successes, serials, clock_timestamp() FROM unnest(
      ${kinds}::text[], ${names}::text[], ${lineages}::uuid[], ${column('failures')}::float8[],
      ${column('successes')}::float8[], ${column('serials')}::float8[]
    ) AS n (kind, source, lineage_id, failures, successes, serials)
    ON CONFLICT (kind, source, lineage_id) DO UPDATE SET
      failures = ${decayed(tx, 'failures')} + excluded.failures,
      successes = ${decayed(tx, 'successes')} + excluded.successes,
      serials = ${decayed(tx, 'serials')} + excluded.serials,
      counted_at = clock_timestamp()
    RETURNING ${columns(tx)}`;
}

function recordOf({ failures, successes, serials, ageMs }: SourceRow): SourceRecord {
  return { failures, successes, serials, countedAt: new Date(Date.now() - ageMs) };
}

/** Deletes records that have decayed to nothing. */
export async function purgeGuessSources(sql: Sql): Promise<void> {
  await sql`DELETE FROM guess_sources WHERE counted_at < now() - make_interval(secs => ${HALF_LIFE_SECONDS * 10})`;
}
