import { possiblePins } from '../../domain/batches/pin-format.ts';
import type { FormatInUse, GuessScope } from '../../domain/security/guess-budget.ts';
import type { NewSecurityAlert } from '../../domain/security/security-alert.ts';
import { SingleFlight } from '../batching/single-flight.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { raiseAlerts } from './security-alerts.ts';

export interface GuessLimits {
  /** Maximum number of failed comparisons in one window, however few cards there are among the possible PINs. */
  readonly ceiling: number;
  readonly windowSeconds: number;
}

/** What budgets limit: guesses, and bindings that are refused because the number is bound to another's card. */
type BudgetScope = GuessScope | 'NUMBER_BINDING';

/** A paid attempt. Refunded when it succeeds, and when it is not made. */
export interface Payment {
  giveBack(): void;
}

export interface BudgetOptions {
  readonly sql: Sql;
  readonly scope: BudgetScope;
  /** The holder of this share of the scope; empty: the whole budget. */
  readonly holder: string;
  readonly windowSeconds: number;
  /** Maximum number of failures in a window. */
  allowed(tx: Transaction): Promise<number>;
  /** The alert that is raised once a window when the budget is spent. */
  alert(spent: { allowed: number; since: string }): NewSecurityAlert;
}

interface Lease {
  /** The window it was drawn from, in the database's notation. */
  readonly since: string;
  left: number;
  /** On this process's monotonic clock, in milliseconds. */
  readonly endsAtMs: number;
}

/** Attempts drawn at once: as many as are in progress on a busy instance, but a small part of a small budget. */
const DRAWN_AT_ONCE = 32;
const DRAWS_OF_A_BUDGET = 16;
/** How often an instance checks whether a spent budget has attempts again. */
const RECHECK_MS = 1_000;

/**
 * The attempts that this instance may make, paid for before they are made. The budget is one row for all instances;
 * each draws a few attempts in advance and holds them. A success refunds its attempt, so that the good path costs
 * nothing in the database; only failures use attempts up. Whatever instances do concurrently, they never compare more
 * than was drawn; an instance that dies loses what it held. Attempts drawn in a window are valid until the end of that
 * window.
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

  /**
   * Returns the attempts that this instance holds. If that fails, they are lost until the window ends, which does no
   * harm.
   */
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
    const requestedAtMs = performance.now();
    const held = this.#lease;
    const drawn = await this.#options.sql.begin((tx) => drawFrom(tx, this.#options, this.#waiting));
    if (drawn.granted === 0) {
      this.#spentUntilMs = requestedAtMs + Math.min(RECHECK_MS, drawn.leftMs);
      return;
    }
    if (held && held.since === drawn.since) held.left += drawn.granted;
    else this.#lease = { since: drawn.since, left: drawn.granted, endsAtMs: requestedAtMs + drawn.leftMs };
  }
}

interface Drawn {
  readonly since: string;
  readonly granted: number;
  /** Milliseconds until the window ends. */
  readonly leftMs: number;
}

/**
 * Draws what the waiting requests need, or slightly more, from the shared row, and begins a new window when the last
 * has ended.
 */
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
  if (granted === 0) await markSpent(tx, options, { since, allowed });
  else {
    await tx`
      UPDATE guess_budgets SET drawn = drawn + ${granted} WHERE scope = ${scope} AND holder = ${holder}`;
  }
  return { since, granted, leftMs };
}

async function markSpent(
  tx: Transaction,
  { scope, holder, alert }: BudgetOptions,
  spent: { since: string; allowed: number },
): Promise<void> {
  const [marked] = await tx`
    UPDATE guess_budgets SET tripped_at = clock_timestamp()
    WHERE scope = ${scope} AND holder = ${holder} AND tripped_at IS NULL RETURNING 1`;
  if (marked) await raiseAlerts(tx, [alert(spent)]);
}

/** The PIN formats in use, with the number of existing and planned cards in each. */
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

/** Deletes the shares of windows that are over; the system-wide budgets stay. */
export async function purgeGuessBudgets(sql: Sql): Promise<void> {
  await sql`DELETE FROM guess_budgets WHERE holder <> '' AND since < now() - interval '2 days'`;
}
