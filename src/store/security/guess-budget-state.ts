import {
  type FormatInUse,
  type GuessScope,
  guessesAllowed,
  shareOf,
} from '../../domain/security/guess-budget.ts';
import type { Sql } from '../postgres/database.ts';
import { formatsInUse, type GuessLimits } from './guess-budget.ts';
import { partiesOf } from './guess-budgets.ts';

/** The current state of one budget. */
export interface BudgetState {
  readonly allowed: number;
  /** The share of one of the operator's credentials, or of one partner with its branch. */
  readonly share: number;
  readonly used: number;
  readonly reserved: number;
  readonly since: Date;
  readonly until: Date;
  readonly trippedAt: Date | null;
}

interface BudgetRow {
  readonly scope: GuessScope;
  readonly since: Date;
  readonly drawn: number;
  readonly failed: number;
  readonly trippedAt: Date | null;
}

/** The current budgets for all instances, and the formats they are calculated from. */
export async function readGuessBudgets(
  sql: Sql,
  { ceiling, windowSeconds }: GuessLimits,
): Promise<{
  formats: FormatInUse[];
  pin: BudgetState;
  voucher: BudgetState;
  serialAndPin: BudgetState;
}> {
  const [formats, callers, redeemers, rows] = await Promise.all([
    formatsInUse(sql),
    partiesOf(sql, 'PIN'),
    partiesOf(sql, 'VOUCHER'),
    sql<BudgetRow[]>`
      SELECT scope, since, drawn, failed, tripped_at AS "trippedAt" FROM guess_budgets
      WHERE holder = '' AND since + make_interval(secs => ${windowSeconds}) > now()`,
  ]);
  const stateOf = (scope: GuessScope): BudgetState => {
    const row = rows.find((each) => each.scope === scope);
    const { since, drawn, failed, trippedAt } = row ?? unused();
    const allowed = guessesAllowed(scope, formats, ceiling);
    return {
      allowed,
      share: shareOf(allowed, scope === 'VOUCHER' ? redeemers : callers),
      used: failed,
      reserved: drawn - failed,
      since,
      until: new Date(since.getTime() + windowSeconds * 1_000),
      trippedAt,
    };
  };
  return {
    formats,
    pin: stateOf('PIN'),
    voucher: stateOf('VOUCHER'),
    serialAndPin: stateOf('SERIAL_AND_PIN'),
  };
}

/** The last window is over: the next begins with the next PIN. */
function unused(): Omit<BudgetRow, 'scope'> {
  return { since: new Date(), drawn: 0, failed: 0, trippedAt: null };
}
