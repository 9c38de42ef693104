import { Gauge } from 'prom-client';
import type { Sql } from '../../store/postgres/database.ts';
import { type DatabaseStatistics, readDatabaseStatistics } from '../../store/postgres/database-statistics.ts';
import type { GuessLimits } from '../../store/security/guess-budget.ts';
import { readGuessBudgets } from '../../store/security/guess-budget-state.ts';
import type { Metrics } from './metrics.ts';
import { withinTime } from './within-time.ts';

/** Minimum interval between queries, however many scrapers there are. */
const FRESH_MS = 5_000;
const TIMEOUT_MS = 3_000;

interface Sources {
  readonly sql: Sql;
  readonly guessLimits: GuessLimits;
  readonly isWritable: () => Promise<boolean>;
  /** The position of the last event published on this instance. */
  readonly position: () => bigint;
}

/** The figures that come from the database, queried only when they are scraped. */
export class DatabaseMetrics {
  readonly #sources: Sources;
  readonly #single: Readonly<Record<string, Gauge>>;
  readonly #holds: Gauge;
  readonly #heldAmount: Gauge;
  readonly #connections: Gauge;
  readonly #guesses: Gauge;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor({ registry }: Metrics, sources: Sources) {
    this.#sources = sources;
    const gauge = (name: string, help: string, labelNames: string[] = []) =>
      new Gauge({ name: `cardline_${name}`, help, labelNames, registers: [registry] });
    this.#single = {
      up: gauge(
        'database_up',
        'Whether the database took writes and answered when it was last asked for these figures.',
      ),
      lag: gauge('event_lag', 'Events that are committed and not yet handed to subscribers here.'),
      head: gauge('event_head', 'The position of the last event.'),
      batches: gauge('batches_unfinished', 'Batches that are ordered or being made.'),
      cards: gauge('cards_to_make', 'Cards that unfinished batches still lack.'),
      imports: gauge('imports_unfinished', 'Files of cards that are ordered or being imported.'),
      importRows: gauge('import_rows_read', 'Rows that were read of unfinished imports.'),
      facts: gauge(
        'report_facts_waiting',
        'Transactions that the counters of reports still lack, up to 100,000.',
      ),
      factsBehind: gauge('report_facts_behind_seconds', 'Age of the oldest of them.'),
      expiry: gauge('expiry_behind_seconds', 'How long the card that waits longest is due.'),
      abandoned: gauge(
        'abandoned_calls_behind_seconds',
        'How long a call without reports waits to be settled.',
      ),
      unsealed: gauge('audit_unsealed_seconds', 'Age of the oldest audit entry without a seal.'),
      oldest: gauge('oldest_transaction_seconds', 'How long the oldest transaction has been open.'),
    };
    this.#holds = gauge('holds', 'Calls for which money is held.', ['currency']);
    this.#heldAmount = gauge('held_amount', 'Money that is held for calls.', ['currency']);
    this.#connections = gauge('database_connections', 'Connections to this database, of all programs.', [
      'state',
    ]);
    this.#guesses = gauge('guesses_left', 'Wrong PINs that may still be compared in this window.', ['scope']);
  }

  /** Updates the figures. If the database does not respond, the previous ones stay and `database_up` shows it. */
  async refresh(): Promise<void> {
    if (performance.now() - this.#readAt < FRESH_MS) return;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  async #read(): Promise<void> {
    const { sql, guessLimits, isWritable, position } = this.#sources;
    try {
      const [signs, budgets, takesWrites] = await withinTime(
        Promise.all([readDatabaseStatistics(sql), readGuessBudgets(sql, guessLimits), isWritable()]),
        TIMEOUT_MS,
        'The database takes too long.',
      );
      this.#set(signs, position());
      for (const [scope, { allowed, used }] of [
        ['PIN', budgets.pin],
        ['VOUCHER', budgets.voucher],
        ['SERIAL_AND_PIN', budgets.serialAndPin],
      ] as const) {
        this.#guesses.set({ scope }, Math.max(0, allowed - used));
      }
      this.#single.up?.set(takesWrites ? 1 : 0);
      this.#readAt = performance.now();
    } catch {
      this.#single.up?.set(0);
    }
  }

  #set(signs: DatabaseStatistics, position: bigint): void {
    const { headPosition } = signs;
    const figures: Readonly<Record<string, number>> = {
      // Read after the head, and the tail may have advanced meanwhile.
      lag: Math.max(0, Number(headPosition - position)),
      head: Number(headPosition),
      batches: Number(signs.batchesUnfinished),
      cards: Number(signs.cardsToMake),
      imports: Number(signs.importsUnfinished),
      importRows: Number(signs.importRowsRead),
      facts: Number(signs.factsWaiting),
      factsBehind: signs.factsBehindSeconds,
      expiry: signs.expiryBehindSeconds,
      abandoned: signs.abandonedBehindSeconds,
      unsealed: signs.unsealedSeconds,
      oldest: signs.oldestTransactionSeconds,
    };
    for (const [name, value] of Object.entries(figures)) this.#single[name]?.set(value);
    // Otherwise labels that no longer occur would keep their last value.
    for (const gauge of [this.#holds, this.#heldAmount, this.#connections]) gauge.reset();
    for (const { currency, calls, micros } of signs.holds) {
      this.#holds.set({ currency }, Number(calls));
      // For graphs only: a float is not exact, unlike the ledger.
      this.#heldAmount.set({ currency }, Number(micros) / 1e6);
    }
    for (const { state, count } of signs.connections) this.#connections.set({ state }, Number(count));
  }
}
