import { type FormatInUse, type GuessScope, guessesAllowed } from '../../domain/security/guess-budget.ts';
import type { Sql } from '../postgres/database.ts';
import { formatsInUse, type GuessLimits } from './guess-budget.ts';

/** One budget as it stands. */
export interface BudgetState {
  readonly allowed: number;
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

/** Both budgets as they stand for all instances, and the formats they are calculated from. */
export async function readGuessBudgets(
  sql: Sql,
  { ceiling, windowSeconds }: GuessLimits,
): Promise<{ formats: FormatInUse[]; pin: BudgetState; serialAndPin: BudgetState }> {
  const [formats, rows] = await Promise.all([
    formatsInUse(sql),
    sql<BudgetRow[]>`
      SELECT scope, since, drawn, failed, tripped_at AS "trippedAt" FROM guess_budgets
      WHERE since + make_interval(secs => ${windowSeconds}) > now()`,
  ]);
  const stateOf = (scope: GuessScope): BudgetState => {
    const row = rows.find((each) => each.scope === scope);
    const { since, drawn, failed, trippedAt } = row ?? unused();
    return {
      allowed: guessesAllowed(scope, formats, ceiling),
      used: failed,
      reserved: drawn - failed,
      since,
      until: new Date(since.getTime() + windowSeconds * 1_000),
      trippedAt,
    };
  };
  return { formats, pin: stateOf('PIN'), serialAndPin: stateOf('SERIAL_AND_PIN') };
}

/** The last window is over: the next begins with the next PIN. */
function unused(): Omit<BudgetRow, 'scope'> {
  return { since: new Date(), drawn: 0, failed: 0, trippedAt: null };
}
