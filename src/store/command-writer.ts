import type { Circumstances, Decision } from '../domain/decision.ts';
import type { LedgerAccount } from '../domain/ledger-account.ts';
import { Rejection } from '../domain/rejection.ts';
import { IdempotencyKeyReused, Overloaded } from '../domain/rejections/recharges.ts';
import { replayRejection } from '../domain/rejections/replayable.ts';
import type { PostedTransfer, Transfer } from '../domain/transfer.ts';
import { BatchTermsCache } from './batch-terms.ts';
import type { Command } from './command.ts';
import type { Sql } from './database.ts';
import { isTransient } from './database-errors.ts';
import { ledgerAccountId } from './ledger-accounts.ts';
import { newId } from './new-id.ts';
import { asPosted } from './posted-transfer.ts';
import { inTwoTrips } from './two-trips.ts';
import { loadWorkingSet, type StoredOutcome, type WorkingSet } from './working-set.ts';
import { noOutcomes, type Outcomes, writeOut } from './write-out.ts';

export interface WriterOptions {
  /** Transactions under way at once. With two, one decides while the database works for the other. */
  lanes: number;
  /** Commands in one transaction at most. */
  groupSize?: number;
  /** Commands waiting at most; beyond it a caller is told OVERLOADED at once. */
  queueLimit?: number;
}

interface Waiting {
  readonly command: Command<unknown>;
  resolve(result: unknown): void;
  reject(reason: unknown): void;
}

type Answer = { ok: true; result: unknown } | { ok: false; reason: unknown };

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 20;

/**
 * The one door through which money and status change.
 *
 * Commands wait in a queue. A lane that is free takes all that waits, up to a bound, into one transaction: it locks
 * and reads what they name, lets each rule decide in turn over that working set, writes what they decided in a handful
 * of statements, and commits; then each caller gets its own answer. While a transaction is under way the queue
 * grows, so the busier the server the larger the groups, and a lone command waits for no timer.
 *
 * A rejection is one command's own. When a shared transaction fails (a constraint, a lost connection), its commands
 * are tried again one by one, so that a fault stays with the command that has it.
 */
export class CommandWriter {
  readonly #sql: Sql;
  readonly #queue: Waiting[] = [];
  readonly #lanes: number;
  readonly #groupSize: number;
  readonly #queueLimit: number;
  readonly #terms = new BatchTermsCache();
  readonly #knownAccounts = new Set<string>();
  #busy = 0;
  #idle: (() => void) | undefined;

  constructor(sql: Sql, { lanes, groupSize = 256, queueLimit = 10_000 }: WriterOptions) {
    this.#sql = sql;
    this.#lanes = lanes;
    this.#groupSize = groupSize;
    this.#queueLimit = queueLimit;
  }

  get terms(): BatchTermsCache {
    return this.#terms;
  }

  /**
   * Runs a command and resolves when what it changed is durable.
   *
   * @throws Rejection when its rule refuses it, or OVERLOADED. Any other error means nothing was changed, or, when the
   * connection broke at the commit, that the outcome is unknown: the same idempotency key then tells it.
   */
  run<Result>(command: Command<Result>): Promise<Result> {
    if (this.#queue.length >= this.#queueLimit) {
      return Promise.reject(new Overloaded({ queued: this.#queue.length }));
    }
    return new Promise<Result>((resolve, reject) => {
      this.#queue.push({ command, resolve: resolve as Waiting['resolve'], reject });
      if (this.#busy < this.#lanes) void this.#drive();
    });
  }

  /** Resolves when all that was queued has been answered. */
  async drained(): Promise<void> {
    if (this.#busy === 0) return;
    await new Promise<void>((resolve) => {
      this.#idle = resolve;
    });
  }

  async #drive(): Promise<void> {
    this.#busy += 1;
    // Commands that arrive in the same turn of the event loop share the first transaction too.
    await new Promise(setImmediate);
    while (this.#queue.length > 0) {
      await this.#runGroup(this.#queue.splice(0, this.#groupSize));
    }
    this.#busy -= 1;
    if (this.#busy === 0) this.#idle?.();
  }

  async #runGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.#attempt(group.map(({ command }) => command));
      group.forEach((waiting, index) => {
        settle(waiting, answers[index]);
      });
    } catch (error) {
      const [only] = group;
      if (group.length === 1 && only) return this.#runAlone(only, error);
      for (const waiting of group) await this.#runAlone(waiting);
    }
  }

  /** One command in a transaction of its own, tried again while the fault is one that passes. */
  async #runAlone(waiting: Waiting, failure?: unknown): Promise<void> {
    let last = failure;
    for (let attempt = last === undefined ? 0 : 1; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) {
        if (!isTransient(last, { repeatable: waiting.command.once !== undefined })) break;
        await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 4 ** attempt));
      }
      try {
        const [answer] = await this.#attempt([waiting.command]);
        return settle(waiting, answer);
      } catch (error) {
        last = error;
      }
    }
    waiting.reject(last);
  }

  async #attempt(commands: readonly Command<unknown>[]): Promise<Answer[]> {
    const outcomes = noOutcomes();
    const answers = await inTwoTrips(this.#sql, {
      read: (tx) => loadWorkingSet(tx, commands, this.#terms),
      decide: (book) => commands.map((command) => decide(command, book, outcomes, this.#knownAccounts)),
      write: (tx, book) => writeOut(tx, outcomes, book),
    });
    for (const id of outcomes.accounts.keys()) this.#knownAccounts.add(id);
    return answers;
  }
}

function settle(waiting: Waiting, answer: Answer | undefined): void {
  if (answer?.ok) waiting.resolve(answer.result);
  else waiting.reject(answer?.reason ?? new Error('A command was not answered.'));
}

/** Lets one command decide over the working set, and notes what it decided. Never throws for one command's own sake. */
function decide(
  command: Command<unknown>,
  book: WorkingSet,
  outcomes: Outcomes,
  knownAccounts: ReadonlySet<string>,
): Answer {
  const replayed = replay(command, book);
  if (replayed) return replayed;
  const at: Circumstances = { now: book.now, actorId: command.actorId, newId };
  try {
    const decision = command.decide(book, at);
    const posted = (decision.transfers ?? []).map((transfer) => asPosted(transfer, at));
    book.apply(decision, posted);
    collect(outcomes, decision, posted);
    noteAccounts(outcomes.accounts, decision.transfers ?? [], knownAccounts);
    if (command.once) remember(command, book, outcomes, command.once.remember(decision.outcome));
    return { ok: true, result: decision.outcome };
  } catch (reason) {
    if (reason instanceof Rejection) {
      remember(command, book, outcomes, {
        rejection: reason.code,
        data: reason.data as Record<string, never>,
      });
    }
    return { ok: false, reason };
  }
}

/** The answer a key was given before, if it was. */
function replay({ once }: Command<unknown>, book: WorkingSet): Answer | undefined {
  if (!once) return undefined;
  const { ownerId, key, fingerprint } = once.idempotency;
  const stored = book.storedKey(ownerId, key);
  if (!stored) return undefined;
  if (stored.fingerprint !== fingerprint) return { ok: false, reason: new IdempotencyKeyReused({ key }) };
  const { outcome } = stored;
  if ('rejection' in outcome) return { ok: false, reason: replayRejection(outcome.rejection, outcome.data) };
  return { ok: true, result: once.replay(outcome, book) };
}

function remember(
  { once }: Command<unknown>,
  book: WorkingSet,
  outcomes: Outcomes,
  outcome: StoredOutcome,
): void {
  if (!once) return;
  const stored = { ...once.idempotency, outcome };
  book.rememberKey(stored);
  outcomes.keys.push(stored);
}

function collect(outcomes: Outcomes, decision: Decision<unknown>, posted: readonly PostedTransfer[]): void {
  for (const card of decision.cards ?? []) outcomes.cards.set(card.id, card);
  for (const partner of decision.partners ?? []) outcomes.partners.set(partner.id, partner);
  outcomes.transfers.push(...posted);
  for (const number of decision.unbind ?? []) {
    outcomes.unbind.add(number);
    outcomes.bind.delete(number);
  }
  for (const binding of decision.bind ?? []) outcomes.bind.set(binding.number, binding);
  outcomes.events.push(...(decision.events ?? []));
}

/** The operator's accounts that movements touch and this process has not yet seen named in the database. */
function noteAccounts(
  accounts: Map<string, LedgerAccount>,
  transfers: readonly Transfer[],
  known: ReadonlySet<string>,
): void {
  for (const side of transfers.flatMap(({ debit, credit }) => [debit, credit])) {
    if (!('operator' in side)) continue;
    const id = ledgerAccountId(side.operator);
    if (!known.has(id)) accounts.set(id, side.operator);
  }
}
