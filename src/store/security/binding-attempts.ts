import { LRUCache } from 'lru-cache';
import { NumberAlreadyBound, TooManyBindingAttempts } from '../../domain/rejections/bindings.ts';
import { type Holder, holdersOf, type Spender } from '../../domain/security/guess-shares.ts';
import type { Sql } from '../postgres/database.ts';
import { GuessBudget, type Payment } from './guess-budget.ts';

/** Refusals per window that may reveal bindings of others to a credential, or to a partner with its branch. */
const REFUSALS_ALLOWED = 60;
const WINDOW_SECONDS = 3_600;

/**
 * Limits how often somebody may learn that a number is bound to another's card. A number is bound to at most one card
 * in the system, so `bindNumber` necessarily reveals it; the limit prevents anyone from probing numbers by the
 * thousand. Each attempt is paid for in advance, and refunded unless it is refused for this reason.
 */
export class BindingAttempts {
  readonly #sql: Sql;
  readonly #budgets = new LRUCache<string, GuessBudget>({
    max: 10_000,
    dispose: (budget) => void budget.stop(),
  });

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** @throws TooManyBindingAttempts instead of trying; otherwise what the binding throws */
  async spend<Bound>(spender: Spender, bind: () => Promise<Bound>): Promise<Bound> {
    const payments = await this.#pay(spender);
    try {
      const bound = await bind();
      giveBack(payments);
      return bound;
    } catch (error) {
      const tells = error instanceof NumberAlreadyBound && !error.data.sameCard;
      if (!tells) giveBack(payments);
      throw error;
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#budgets.values()].map((budget) => budget.stop()));
  }

  async #pay(spender: Spender): Promise<Payment[]> {
    const paid: Payment[] = [];
    for (const holder of holdersOf(spender)) {
      const payment = await this.#budget(holder).pay();
      if (!payment) {
        giveBack(paid);
        throw new TooManyBindingAttempts({ allowed: REFUSALS_ALLOWED, windowSeconds: WINDOW_SECONDS });
      }
      paid.push(payment);
    }
    return paid;
  }

  #budget({ kind, id }: Holder): GuessBudget {
    const holder = `${kind} ${id}`;
    const known = this.#budgets.get(holder);
    if (known) return known;
    const about =
      kind === 'PARTNER'
        ? { partnerId: id }
        : { actorId: id, source: { kind: 'CREDENTIAL' as const, source: id } };
    const budget = new GuessBudget({
      sql: this.#sql,
      scope: 'NUMBER_BINDING',
      holder,
      windowSeconds: WINDOW_SECONDS,
      allowed: async () => REFUSALS_ALLOWED,
      alert: ({ since }) => ({
        kind: 'GUESSING',
        subject: `NUMBER_BINDING ${holder} ${since}`,
        windowSeconds: WINDOW_SECONDS,
        message: `One ${kind.toLowerCase()} tried to bind ${REFUSALS_ALLOWED} numbers that are bound to other cards: until the window ends, its attempts to bind numbers are refused.`,
        ...about,
      }),
    });
    this.#budgets.set(holder, budget);
    return budget;
  }
}

function giveBack(payments: readonly Payment[]): void {
  for (const payment of payments) payment.giveBack();
}
