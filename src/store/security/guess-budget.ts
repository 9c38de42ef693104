import { possiblePins } from '../../domain/batches/pin-format.ts';
import { type FormatInUse, type GuessScope, guessesAllowed } from '../../domain/security/guess-budget.ts';
import { SingleFlight } from '../batching/single-flight.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { raiseAlerts } from './security-alerts.ts';

export interface GuessLimits {
  /** Failed comparisons in one window at most, however thin the cards are spread. */
  readonly ceiling: number;
  readonly windowSeconds: number;
}

/** A comparison that is paid for. Given back when it was a success, and when it was not made. */
export interface Payment {
  giveBack(): void;
}

interface Lease {
  /** The window it was drawn from, as the database wrote it. */
  readonly since: string;
  left: number;
  /** On this process's monotonic clock, in milliseconds. */
  readonly endsAtMs: number;
}

/** Comparisons drawn at once: what is under way on a busy instance, and little of the smallest budget. */
const DRAWN_AT_ONCE = 32;
/** How often an instance asks whether a spent budget has something again. */
const ASK_AGAIN_MS = 1_000;

/**
 * The comparisons that this instance may make, paid for before they are made. The budget is one row for all instances;
 * each draws a few from it in advance and keeps them. A success gives its one back, so that the good path costs nothing
 * in the database; only failures use them up. Whatever instances do at once, they compare no more than was drawn; one
 * that dies loses what it held. What was drawn in a window is good until the end of that window.
 */
export class GuessBudget {
  readonly #sql: Sql;
  readonly #scope: GuessScope;
  readonly #limits: GuessLimits;
  readonly #draw = new SingleFlight(() => this.#drawLease());
  #lease: Lease | undefined;
  #spentUntilMs = 0;
  #waiting = 0;

  constructor(sql: Sql, scope: GuessScope, limits: GuessLimits) {
    this.#sql = sql;
    this.#scope = scope;
    this.#limits = limits;
  }

  /** Undefined when the budget is spent: the comparison must not be made. */
  pay(): Payment | undefined | Promise<Payment | undefined> {
    return this.#take() ?? (performance.now() < this.#spentUntilMs ? undefined : this.#payFromDraw());
  }

  /** Gives back what this instance holds. When it can't, that is lost until the window ends, and no harm. */
  async stop(): Promise<void> {
    const lease = this.#lease;
    this.#lease = undefined;
    if (!lease || lease.left === 0) return;
    await this.#sql`
      UPDATE guess_budgets SET drawn = greatest(failed, drawn - ${lease.left})
      WHERE scope = ${this.#scope} AND since = ${lease.since}::text::timestamptz`.catch(() => {});
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
    const wanted = Math.max(DRAWN_AT_ONCE, this.#waiting);
    const drawn = await this.#sql.begin((tx) => drawFrom(tx, this.#scope, this.#limits, wanted));
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

/** Draws up to so many from the row of all instances, beginning a new window when the last has ended. */
async function drawFrom(
  tx: Transaction,
  scope: GuessScope,
  { ceiling, windowSeconds }: GuessLimits,
  wanted: number,
): Promise<Drawn> {
  const allowed = guessesAllowed(scope, await formatsInUse(tx), ceiling);
  await tx`
    INSERT INTO guess_budgets (scope, since, drawn, failed) VALUES (${scope}, now(), 0, 0) ON CONFLICT DO NOTHING`;
  await tx`SELECT FROM guess_budgets WHERE scope = ${scope} FOR UPDATE`;
  await tx`
    UPDATE guess_budgets SET since = clock_timestamp(), drawn = 0, failed = 0, tripped_at = NULL
    WHERE scope = ${scope} AND since + make_interval(secs => ${windowSeconds}) <= clock_timestamp()`;
  const [row] = await tx<{ since: string; drawn: number; leftMs: number }[]>`
    SELECT since::text, drawn,
      extract(epoch FROM since + make_interval(secs => ${windowSeconds}) - clock_timestamp())::float8 * 1000 AS "leftMs"
    FROM guess_budgets WHERE scope = ${scope}`;
  const { since, drawn, leftMs } = row ?? { since: '', drawn: allowed, leftMs: 0 };
  const granted = Math.max(0, Math.min(wanted, allowed - drawn));
  if (granted > 0) await tx`UPDATE guess_budgets SET drawn = drawn + ${granted} WHERE scope = ${scope}`;
  else await trip(tx, scope, { since, allowed, windowSeconds });
  return { since, granted, leftMs };
}

async function trip(
  tx: Transaction,
  scope: GuessScope,
  { since, allowed, windowSeconds }: { since: string; allowed: number; windowSeconds: number },
): Promise<void> {
  const [tripped] = await tx`
    UPDATE guess_budgets SET tripped_at = clock_timestamp() WHERE scope = ${scope} AND tripped_at IS NULL RETURNING 1`;
  if (!tripped) return;
  const what = scope === 'PIN' ? 'PINs' : 'serials with PINs';
  await raiseAlerts(tx, [
    {
      kind: 'GUESSING',
      subject: `${scope} ${since}`,
      windowSeconds,
      message: `The budget of ${allowed} wrong ${what} is spent: until the window ends only callers who are known get in.`,
    },
  ]);
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
