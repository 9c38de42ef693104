import { DisposableStack } from '@whatwg-node/disposablestack';
import { LRUCache } from 'lru-cache';
import { type GuessScope, guessesAllowed } from '../../domain/security/guess-budget.ts';
import { allowedTo, type Holder, holdersOf, type Spender } from '../../domain/security/guess-shares.ts';
import type { NewSecurityAlert } from '../../domain/security/security-alert.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { formatsInUse, GuessBudget, type GuessLimits, type Payment } from './guess-budget.ts';

/** Maximum number of shares that an instance holds attempts of. */
const MAX_SHARES = 10_000;

const SCOPE_NAMES: Record<GuessScope, string> = {
  PIN: 'PINs without a serial',
  VOUCHER: 'voucher PINs',
  SERIAL_AND_PIN: 'PINs with a serial',
};

/** What is still accepted when a budget or a share of it is used up. */
const REMAINS: Record<GuessScope, string> = {
  PIN: 'such PINs are accepted only from numbers trusted for their cards',
  VOUCHER: 'vouchers are refused',
  SERIAL_AND_PIN: 'such PINs are refused, also from trusted numbers',
};

/** A paid comparison, and the rows that paid for it. */
export interface GuessPayment extends Payment {
  readonly scope: GuessScope;
  /** The holders of the rows of `guess_budgets`. */
  readonly holders: readonly string[];
  /** The comparison failed: from now on nothing is given back. */
  spend(): void;
}

interface HolderBudget {
  readonly holder: string;
  readonly budget: GuessBudget;
}

/**
 * The system-wide budgets and the shares in them. A comparison is paid for from the share of its credential, from that
 * of its partner, and from the system-wide budget: a holder that has spent its share leaves the rest to the others.
 */
export class GuessBudgets {
  readonly #sql: Sql;
  readonly #limits: GuessLimits;
  readonly #systemBudgets = new Map<GuessScope, HolderBudget>();
  readonly #shares = new LRUCache<string, HolderBudget>({
    max: MAX_SHARES,
    dispose: ({ budget }) => void budget.stop(),
  });

  constructor(sql: Sql, limits: GuessLimits) {
    this.#sql = sql;
    this.#limits = limits;
  }

  /** Undefined when a share or the budget is spent: the comparison must not be made. */
  async pay(scope: GuessScope, spender: Spender): Promise<GuessPayment | undefined> {
    const budgets = [
      ...holdersOf(spender).map((holder) => this.#share(scope, holder)),
      this.#systemWide(scope),
    ];
    const paid: Payment[] = [];
    using unpaid = new DisposableStack();
    const giveBack = () => {
      for (const payment of paid.splice(0)) payment.giveBack();
    };
    unpaid.defer(giveBack);
    for (const { budget } of budgets) {
      const payment = await budget.pay();
      if (!payment) return undefined;
      paid.push(payment);
    }
    // Paid in full, so leaving this function gives nothing back.
    unpaid.move();
    const spend = () => void paid.splice(0);
    return { scope, holders: budgets.map(({ holder }) => holder), giveBack, spend };
  }

  /** Returns the attempts that this instance holds. */
  async stop(): Promise<void> {
    const budgets = [...this.#systemBudgets.values(), ...this.#shares.values()];
    await Promise.all(budgets.map(({ budget }) => budget.stop()));
  }

  #systemWide(scope: GuessScope): HolderBudget {
    const known = this.#systemBudgets.get(scope);
    if (known) return known;
    const created = this.#create(scope, '', {
      allowed: (tx) => this.#allowed(tx, scope),
      alert: ({ allowed, since }) => ({
        ...this.#alert(`${scope} ${since}`),
        message: `The budget of ${allowed} wrong ${SCOPE_NAMES[scope]} is used up: until the window ends, ${REMAINS[scope]}.`,
      }),
    });
    this.#systemBudgets.set(scope, created);
    return created;
  }

  #share(scope: GuessScope, holder: Holder): HolderBudget {
    const name = `${holder.kind} ${holder.id}`;
    const key = `${scope} ${name}`;
    const known = this.#shares.get(key);
    if (known) return known;
    const created = this.#create(scope, name, {
      allowed: async (tx) => allowedTo(holder, await this.#allowed(tx, scope), await partiesOf(tx, scope)),
      alert: ({ allowed, since }) => ({
        ...this.#alert(`${key} ${since}`),
        message: `One ${holder.kind.toLowerCase()} has used up its share of ${allowed} wrong ${SCOPE_NAMES[scope]}: until the window ends, ${REMAINS[scope]}.`,
        ...(holder.kind === 'PARTNER'
          ? { partnerId: holder.id }
          : { actorId: holder.id, source: { kind: 'CREDENTIAL', source: holder.id } }),
      }),
    });
    this.#shares.set(key, created);
    return created;
  }

  #create(
    scope: GuessScope,
    holder: string,
    rest: Pick<ConstructorParameters<typeof GuessBudget>[0], 'allowed' | 'alert'>,
  ): HolderBudget {
    const { windowSeconds } = this.#limits;
    return { holder, budget: new GuessBudget({ sql: this.#sql, scope, holder, windowSeconds, ...rest }) };
  }

  async #allowed(tx: Transaction, scope: GuessScope): Promise<number> {
    return guessesAllowed(scope, await formatsInUse(tx), this.#limits.ceiling);
  }

  #alert(subject: string): Pick<NewSecurityAlert, 'kind' | 'subject' | 'windowSeconds'> {
    return { kind: 'GUESSING', subject, windowSeconds: this.#limits.windowSeconds };
  }
}

/**
 * The number of shares in a budget: the operator's credentials, and for vouchers the partners directly below the
 * operator.
 */
export async function partiesOf(sql: Sql | Transaction, scope: GuessScope): Promise<number> {
  const [row] = await sql<{ parties: number }[]>`
    SELECT (
      SELECT count(DISTINCT lineage_id) FROM api_keys
      WHERE role IN ('ADMINISTRATOR', 'SWITCH') AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
    )::int + CASE WHEN ${scope}::text = 'VOUCHER' THEN (SELECT count(*) FROM partners WHERE parent_id IS NULL) ELSE 0 END::int
      AS parties`;
  return row?.parties ?? 0;
}
