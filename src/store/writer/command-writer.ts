import { derivedEvents } from '../../domain/cards/derived-events.ts';
import type { Decision, RuleContext } from '../../domain/decision.ts';
import type { LedgerAccount } from '../../domain/ledger-account.ts';
import { IdempotencyKeyReused } from '../../domain/rejections/commands.ts';
import { keptRejection, Rejection } from '../../domain/rejections/rejection.ts';
import { replayRejection } from '../../domain/rejections/replay.ts';
import { type AuditEntry, DONE } from '../../domain/security/audit-entry.ts';
import type { PostedTransfer, Transfer } from '../../domain/transfer.ts';
import { BatchLoop } from '../batching/batch-loop.ts';
import { ledgerAccountId } from '../money/ledger-accounts.ts';
import { asPosted } from '../money/posted-transfer.ts';
import type { Transaction } from '../postgres/database.ts';
import { outcomeUnknown, rolledBack } from '../postgres/database-errors.ts';
import { newId } from '../postgres/new-id.ts';
import { inPipelinedTransaction } from '../postgres/pipelined-transaction.ts';
import type { Pool } from '../postgres/pool.ts';
import { inSpan, whereWeAre } from '../postgres/spans.ts';
import type { AuditTrail } from './audit-trail.ts';
import { BatchTermsCache } from './batch-terms.ts';
import type { Command, CommandRunner } from './command.ts';
import { CommandQueue, type QueuedCommand } from './command-queue.ts';
import { inTime, isRepeatable, isRetryable, pause, retainOrReject } from './command-retries.ts';
import type { Idempotency } from './needs.ts';
import { type Lane, TransactionLimits } from './transaction-limits.ts';
import { loadWorkingSet, type StoredKey, type StoredOutcome, type WorkingSet } from './working-set.ts';
import { noOutcomes, type Outcomes, writeOut } from './write-out.ts';

interface WriterOptions {
  /**
   * How many transactions of calls may be in flight at once, and as many of all other commands while there are no
   * calls. With two, one decides while the database works for the other.
   */
  lanes: number;
  /** The most commands in one transaction. */
  groupSize?: number;
  /**
   * The number of waiting commands beyond which an owner with an equal share of them is refused with OVERLOADED at
   * once.
   */
  queueLimit?: number;
  /** The most waiting commands of one partner, or of one of the operator's credentials. */
  ownerLimit?: number;
  /** How long a command may wait and be retried, in milliseconds from its arrival. */
  timeoutMs?: number;
  /** How long a group waits for a lock held by another transaction, in milliseconds. */
  lockTimeoutMs?: number;
  /** Called after every transaction, even a failed one. */
  onTransaction?: (figures: TransactionFigures) => void;
}

/** The figures of one transaction. */
export interface TransactionFigures {
  readonly commands: number;
  /** Commands that returned the answer stored under their key. */
  readonly replays: number;
  readonly seconds: number;
  readonly committed: boolean;
}

/** `again`: the answer was stored under the key. */
type Answer = ({ ok: true; result: unknown } | { ok: false; reason: unknown }) & { readonly again?: true };

const TIMEOUT_MS = 10_000;
/** The most waiting commands. */
export const QUEUE_LIMIT = 10_000;
/** The group waits this long, and then the one command that needs the row does: both are within the others' timeout. */
const LOCK_TIMEOUT_MS = 3_000;

/**
 * Every change of money and status goes through this class.
 *
 * Commands wait in a queue in which their owners take turns. A free lane takes the waiting commands, up to a limit,
 * into one transaction: it locks and reads what they name, lets each rule decide in turn over that working set, writes
 * the decisions in a handful of statements, and commits; then each command gets its own answer. During a transaction
 * the queue grows, so the busier the server the larger the groups, and a lone command waits for no timer.
 *
 * A rejection affects only its own command. What happens after a failed transaction depends on the cause:
 * - the database rolled it back through no fault of a command (a deadlock, a restart): the same group is retried;
 * - the connection broke: the COMMIT may have been carried out. A command with an idempotency key is retried and finds
 *   out; one without could take effect twice, so it is answered with the error;
 * - anything else (a constraint, a locked row) is the fault of some command in it: they are tried one by one, so that
 *   only that command fails. A command whose key already exists is retried a few times: a duplicate on another instance
 *   was faster, and the retry finds its answer.
 *
 * Pauses grow between attempts, and none starts after a command's deadline.
 */
export class CommandWriter implements CommandRunner {
  readonly #pool: Pool;
  readonly #queue: CommandQueue;
  readonly #timeoutMs: number;
  readonly #lockTimeoutMs: number;
  readonly #onTransaction: (figures: TransactionFigures) => void;
  readonly #terms = new BatchTermsCache();
  readonly #knownAccounts = new Set<string>();
  readonly #loops: Readonly<Record<Lane, BatchLoop<QueuedCommand>>>;

  constructor(
    pool: Pool,
    {
      lanes,
      groupSize = 256,
      queueLimit = QUEUE_LIMIT,
      ownerLimit = Math.ceil(queueLimit / 4),
      timeoutMs = TIMEOUT_MS,
      lockTimeoutMs = LOCK_TIMEOUT_MS,
      onTransaction = () => {},
    }: WriterOptions,
  ) {
    this.#lockTimeoutMs = lockTimeoutMs;
    this.#onTransaction = onTransaction;
    this.#pool = pool;
    const transactions = new TransactionLimits({ lanes, groupSize });
    this.#queue = new CommandQueue({ transactions, limit: queueLimit, ownerLimit });
    const loopOf = (lane: Lane) =>
      new BatchLoop<QueuedCommand>({
        lanes: () => transactions.lanes(lane),
        take: () => this.#queue.take(lane),
        run: (group) => this.#runGroup(group),
      });
    this.#loops = { calls: loopOf('calls'), others: loopOf('others') };
    this.#timeoutMs = timeoutMs;
  }

  /** The number of commands that wait for a transaction. */
  get queued(): number {
    return this.#queue.length;
  }

  get terms(): BatchTermsCache {
    return this.#terms;
  }

  /**
   * Runs a command and resolves when its changes are durable.
   *
   * @throws Rejection when its rule refuses it, or OVERLOADED. Any other error means that nothing was changed, or, when
   *   the connection broke at the commit, that the outcome is unknown: a retry with the same idempotency key finds out.
   * @param trail of the operation that runs the command: its entry is written in the same transaction
   */
  run<Result>(command: Command<Result>, trail?: AuditTrail): Promise<Result> {
    return inSpan('command', {}, () => {
      const span = whereWeAre();
      return new Promise<Result>((resolve, reject) => {
        const deadline = performance.now() + this.#timeoutMs;
        const lane = this.#queue.add({
          command,
          trail,
          span,
          deadline,
          resolve: resolve as QueuedCommand['resolve'],
          reject,
        });
        this.#loops[lane].wake();
      });
    });
  }

  /** Resolves when every queued command is answered. */
  async drained(): Promise<void> {
    const { calls, others } = this.#loops;
    // While one is waited for, commands may arrive in the other.
    while (!(calls.isIdle && others.isIdle)) await Promise.all([calls.drained(), others.drained()]);
  }

  /** @param failure why they are tried one by one, if they are */
  async #runGroup(group: readonly QueuedCommand[], failure?: unknown): Promise<void> {
    let [waiting, last] = [group, failure];
    for (let tried = 0; ; tried += 1) {
      if (tried > 0) await pause(tried);
      waiting = retainOrReject(waiting, inTime, last);
      if (waiting.length === 0) return;
      try {
        const answers = await this.#transact(waiting);
        return waiting.forEach((each, index) => void settle(each, answers[index]));
      } catch (error) {
        last = error;
        if (outcomeUnknown(error)) waiting = retainOrReject(waiting, isRepeatable, error);
        else if (waiting.length > 1 && !rolledBack(error)) return this.#runOneByOne(waiting, error);
        else if (!isRetryable(error, tried)) waiting = retainOrReject(waiting, () => false, error);
      }
    }
  }

  async #runOneByOne(group: readonly QueuedCommand[], failure: unknown): Promise<void> {
    for (const each of group) await this.#runGroup([each], failure);
  }

  /** One attempt, within a span that belongs to the first command and is linked to the others. */
  async #transact(waiting: readonly QueuedCommand[]): Promise<Answer[]> {
    const began = performance.now();
    const [parent, ...links] = waiting.flatMap(({ span }) => span ?? []);
    const attributes = { 'cardline.commands': waiting.length };
    let answers: Answer[] | undefined;
    try {
      answers = await inSpan('transaction', { attributes, links, ...(parent && { parent }) }, () =>
        this.#attempt(waiting),
      );
      return answers;
    } finally {
      this.#onTransaction({
        commands: waiting.length,
        replays: answers?.filter(({ again }) => again).length ?? 0,
        seconds: (performance.now() - began) / 1_000,
        committed: answers !== undefined,
      });
    }
  }

  async #attempt(waiting: readonly QueuedCommand[]): Promise<Answer[]> {
    const commands = waiting.map(({ command }) => command);
    const outcomes = noOutcomes();
    const steps = {
      read: (tx: Transaction) => loadWorkingSet(tx, commands, this.#terms),
      decide: (state: WorkingSet) =>
        waiting.map((each) => {
          const given = answer(each.command, state, outcomes, this.#knownAccounts);
          outcomes.audit.push(...entryOf(each, given));
          return given;
        }),
      write: (tx: Transaction, state: WorkingSet) => writeOut(tx, outcomes, state),
    };
    const answers = await inPipelinedTransaction(this.#pool, steps, this.#lockTimeoutMs);
    for (const id of outcomes.accounts.keys()) this.#knownAccounts.add(id);
    waiting.forEach(({ trail }, index) => {
      if (trail) trail.written = outcomeOf(answers[index]);
    });
    return answers;
  }
}

/** A command's audit entry; none for one without an audit trail, or that failed with an unexpected error. */
function entryOf({ command, trail }: QueuedCommand, given: Answer): AuditEntry[] {
  const outcome = outcomeOf(given);
  return trail && outcome !== null ? [trail.entry(outcome, command.needs)] : [];
}

function outcomeOf(given: Answer | undefined): string | null {
  if (given?.ok) return DONE;
  return given?.reason instanceof Rejection ? given.reason.code : null;
}

function settle(waiting: QueuedCommand, answer: Answer | undefined): void {
  if (answer?.ok) waiting.resolve(answer.result);
  else waiting.reject(answer?.reason ?? new Error('A command was not answered.'));
}

/** One command's answer over the working set. Never throws because of a single command. */
function answer(
  command: Command<unknown>,
  state: WorkingSet,
  outcomes: Outcomes,
  knownAccounts: ReadonlySet<string>,
): Answer {
  try {
    return replay(command, state) ?? decide(command, state, outcomes, knownAccounts);
  } catch (reason) {
    return { ok: false, reason };
  }
}

/** Lets a command decide, and collects the result: what to write, or the refusal to keep under its key. */
function decide(
  command: Command<unknown>,
  state: WorkingSet,
  outcomes: Outcomes,
  knownAccounts: ReadonlySet<string>,
): Answer {
  const at: RuleContext = { now: state.now, actorId: command.actorId, newId };
  try {
    const decision = derivedEvents(command.decide(state, at), state, at);
    const posted = (decision.transfers ?? []).map((transfer) => asPosted(transfer, at));
    state.apply(decision, posted);
    collect(outcomes, decision, posted);
    noteAccounts(outcomes.accounts, decision.transfers ?? [], knownAccounts);
    if (command.once) remember(command, state, outcomes, command.once.remember(decision.outcome));
    return { ok: true, result: decision.outcome };
  } catch (reason) {
    if (!(reason instanceof Rejection)) throw reason;
    if (reason.isOutcome) remember(command, state, outcomes, keptRejection(reason));
    return { ok: false, reason };
  }
}

/** The answer stored under a key, if there is one. */
function replay({ once }: Command<unknown>, state: WorkingSet): Answer | undefined {
  if (!once) return undefined;
  const { ownerId, key } = once.idempotency;
  const stored = state.storedKey(ownerId, key);
  if (!stored) return undefined;
  if (!isSameRequest(stored, once.idempotency))
    return { ok: false, reason: new IdempotencyKeyReused({ key }) };
  const { outcome } = stored;
  if ('rejection' in outcome) {
    return { ok: false, reason: replayRejection(outcome.rejection, outcome.data), again: true };
  }
  return { ok: true, result: once.replay(outcome, state), again: true };
}

/**
 * Whether a request is the one that a key was first used for: for the same card, however it is named, or with the same
 * words, whatever card they mean by now. Answers from before there were wordings have one as their fingerprint.
 */
function isSameRequest(stored: StoredKey, { fingerprint, wording }: Idempotency): boolean {
  if (stored.fingerprint === fingerprint) return true;
  return wording !== null && (stored.wording === wording || stored.fingerprint === wording);
}

function remember(
  { once }: Command<unknown>,
  state: WorkingSet,
  outcomes: Outcomes,
  outcome: StoredOutcome,
): void {
  if (!once) return;
  const stored = { ...once.idempotency, outcome };
  state.rememberKey(stored);
  outcomes.keys.push(stored);
}

function collect(outcomes: Outcomes, decision: Decision<unknown>, posted: readonly PostedTransfer[]): void {
  for (const card of decision.cards ?? []) outcomes.cards.set(card.id, card);
  for (const partner of decision.partners ?? []) outcomes.partners.set(partner.id, partner);
  outcomes.transfers.push(...posted);
  for (const call of decision.calls ?? []) outcomes.calls.set(call.id, call);
  for (const number of decision.unbind ?? []) {
    outcomes.unbind.add(number);
    outcomes.bind.delete(number);
  }
  for (const binding of decision.bind ?? []) outcomes.bind.set(binding.number, binding);
  for (const serial of decision.clearedFailures ?? []) outcomes.clearedFailures.add(serial);
  outcomes.events.push(...(decision.events ?? []));
}

/**
 * Collects the operator's accounts that transfers touch and that this process does not yet know to be in the database.
 */
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
