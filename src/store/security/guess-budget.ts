import { possiblePins } from '../../domain/batches/pin-format.ts';
import type { FormatInUse, GuessScope } from '../../domain/security/guess-budget.ts';
import type { NewSecurityAlert } from '../../domain/security/security-alert.ts';
import { SingleFlight } from '../batching/single-flight.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { raiseAlerts } from './security-alerts.ts';

export interface GuessLimits {
  /** Failed comparisons in one window at most, however thin the cards are spread. */
  readonly ceiling: number;
  readonly windowSeconds: number;
}

/** What is bounded by budgets: guesses, and bindings that are refused because a number is another card's. */
export type BudgetScope = GuessScope | 'NUMBER_BINDING';

/** An attempt that is paid for. Given back when it was a success, and when it was not made. */
export interface Payment {
  giveBack(): void;
}

export interface BudgetOptions {
  readonly sql: Sql;
  readonly scope: BudgetScope;
  /** Whose share of the scope it is; empty: all that there is. */
  readonly holder: string;
  readonly windowSeconds: number;
  /** What may fail in a window. */
  allowed(tx: Transaction): Promise<number>;
  /** What to tell people once a window when it is spent. */
  alert(spent: { allowed: number; since: string }): NewSecurityAlert;
}

interface Lease {
  /** The window it was drawn from, as the database wrote it. */
  readonly since: string;
  left: number;
  /** On this process's monotonic clock, in milliseconds. */
  readonly endsAtMs: number;
}

/** Attempts drawn at once: what is under way on a busy instance, and little of a small budget. */
const DRAWN_AT_ONCE = 32;
const DRAWS_OF_A_BUDGET = 16;
/** How often an instance asks whether a spent budget has something again. */
const ASK_AGAIN_MS = 1_000;

/**
 * The attempts that this instance may make, paid for before they are made. The budget is one row for all instances;
 * each draws a few from it in advance and keeps them. A success gives its one back, so that the good path costs nothing
 * in the database; only failures use them up. Whatever instances do at once, they compare no more than was drawn; one
 * that dies loses what it held. What was drawn in a window is good until the end of that window.
 */
export class GuessBudget {
  readonly #options: BudgetOptions;
  readonly #draw = new SingleFlight(() => this.#drawLease());
  #lease: Lease | undefined;
  #spentUntilMs = 0;
  #waiting = 0;

  constructor(options: BudgetOptions) {
    this.#options = options;
  }

  /** Undefined when the budget is spent: the attempt must not be made. */
  pay(): Payment | undefined | Promise<Payment | undefined> {
    return this.#take() ?? (performance.now() < this.#spentUntilMs ? undefined : this.#payFromDraw());
  }

  /** Gives back what this instance holds. When it can't, that is lost until the window ends, and no harm. */
  async stop(): Promise<void> {
    const lease = this.#lease;
    this.#lease = undefined;
    if (!lease || lease.left === 0) return;
    const { sql, scope, holder } = this.#options;
    await sql`
      UPDATE guess_budgets SET drawn = greatest(failed, drawn - ${lease.left})
      WHERE scope = ${scope} AND holder = ${holder} AND since = ${lease.since}::text::timestamptz`.catch(
      () => {},
    );
  }

  #take(): Payment | undefined {
    const lease = this.#lease;
    if (!lease || lease.left === 0 || performance.now() >= lease.endsAtMs) return undefined;
    lease.left -= 1;
    return {
      giveBack: () => {
        lease.left += 1;
      },
    };
  }

  async #payFromDraw(): Promise<Payment | undefined> {
    this.#waiting += 1;
    try {
      while (performance.now() >= this.#spentUntilMs) {
        await this.#draw.run();
        const payment = this.#take();
        if (payment) return payment;
      }
      return undefined;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #drawLease(): Promise<void> {
    const askedAtMs = performance.now();
    const held = this.#lease;
    const drawn = await this.#options.sql.begin((tx) => drawFrom(tx, this.#options, this.#waiting));
    if (drawn.granted === 0) {
      this.#spentUntilMs = askedAtMs + Math.min(ASK_AGAIN_MS, drawn.leftMs);
      return;
    }
    if (held && held.since === drawn.since) held.left += drawn.granted;
    else this.#lease = { since: drawn.since, left: drawn.granted, endsAtMs: askedAtMs + drawn.leftMs };
  }
}

interface Drawn {
  readonly since: string;
  readonly granted: number;
  /** Milliseconds until the window ends. */
  readonly leftMs: number;
}

/** Draws from the row of all instances what is waited for or a little more, beginning a new window when the last has ended. */
async function drawFrom(tx: Transaction, options: BudgetOptions, waiting: number): Promise<Drawn> {
  const { scope, holder, windowSeconds } = options;
  const allowed = await options.allowed(tx);
  const wanted = Math.max(waiting, Math.min(DRAWN_AT_ONCE, Math.ceil(allowed / DRAWS_OF_A_BUDGET)));
  await tx`
    INSERT INTO guess_budgets (scope, holder, since, drawn, failed) VALUES (${scope}, ${holder}, now(), 0, 0)
    ON CONFLICT DO NOTHING`;
  await tx`SELECT FROM guess_budgets WHERE scope = ${scope} AND holder = ${holder} FOR UPDATE`;
  await tx`
    UPDATE guess_budgets SET since = clock_timestamp(), drawn = 0, failed = 0, tripped_at = NULL
    WHERE scope = ${scope} AND holder = ${holder}
      AND since + make_interval(secs => ${windowSeconds}) <= clock_timestamp()`;
  const [row] = await tx<{ since: string; drawn: number; leftMs: number }[]>`
    SELECT since::text, drawn,
      extract(epoch FROM since + make_interval(secs => ${windowSeconds}) - clock_timestamp())::float8 * 1000 AS "leftMs"
    FROM guess_budgets WHERE scope = ${scope} AND holder = ${holder}`;
  const { since, drawn, leftMs } = row ?? { since: '', drawn: allowed, leftMs: 0 };
  const granted = Math.max(0, Math.min(wanted, allowed - drawn));
  if (granted === 0) await trip(tx, options, { since, allowed });
  else {
    await tx`
      UPDATE guess_budgets SET drawn = drawn + ${granted} WHERE scope = ${scope} AND holder = ${holder}`;
  }
  return { since, granted, leftMs };
}

async function trip(
  tx: Transaction,
  { scope, holder, alert }: BudgetOptions,
  spent: { since: string; allowed: number },
): Promise<void> {
  const [tripped] = await tx`
    UPDATE guess_budgets SET tripped_at = clock_timestamp()
    WHERE scope = ${scope} AND holder = ${holder} AND tripped_at IS NULL RETURNING 1`;
  if (tripped) await raiseAlerts(tx, [alert(spent)]);
}

/** The formats that batches have, with the cards there are or will be in each. */
export async function formatsInUse(sql: Sql | Transaction): Promise<FormatInUse[]> {
  const rows = await sql<
    {
      format: string;
      length: number;
      alphabet: string;
      prefix: string;
      suffix: string;
      checkDigit: boolean;
      cards: bigint;
    }[]
  >`
    SELECT pin_format AS format, pin_length AS length, pin_alphabet AS alphabet, pin_prefix AS prefix,
      pin_suffix AS suffix, pin_check_digit AS "checkDigit",
      sum(CASE WHEN state IN ('CANCELLED', 'FAILED') THEN made ELSE quantity END) AS cards
    FROM card_batches WHERE NOT is_imported GROUP BY 1, 2, 3, 4, 5, 6
    UNION ALL
    SELECT 'imported, ' || length || ' characters', length, alphabet, '', '', false, sum(cards)
    FROM imported_pin_formats GROUP BY length, alphabet
    ORDER BY 1`;
  return rows.map(({ format, length, cards, ...rest }) => ({
    format,
    length,
    possible: possiblePins({ length, ...rest }),
    cards: Number(cards),
  }));
}

/** Forgets the shares of windows that are over; the budgets of all stay. */
export async function purgeGuessBudgets(sql: Sql): Promise<void> {
  await sql`DELETE FROM guess_budgets WHERE holder <> '' AND since < now() - interval '2 days'`;
}
