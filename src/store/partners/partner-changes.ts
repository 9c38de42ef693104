import type { Branch } from '../../domain/partners/branch.ts';
import { checkDailyLimits, type Partner } from '../../domain/partners/partner.ts';
import { NotAllowed } from '../../domain/rejections/access.ts';
import { NameTaken, NotFound } from '../../domain/rejections/input.ts';
import { CreditInUse } from '../../domain/rejections/partners.ts';
import { formatMicros } from '../../domain/values/money.ts';
import { boundedText } from '../../domain/values/text.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { isUniqueViolation } from '../postgres/database-errors.ts';
import { partnerRows } from '../postgres/rows.ts';
import { refuseMisplaced } from './partner-place.ts';

/** The operator's settings for a partner. An omitted setting stays as it is; null removes a limit. */
export type PartnerTerms = Partial<
  Pick<
    Partner,
    | 'name'
    | 'creditLimit'
    | 'discountBasisPoints'
    | 'dailyLimit'
    | 'dailyCardLimit'
    | 'allowedBatchIds'
    | 'allowedRateGroupIds'
  >
>;

/**
 * @throws NotFound, InvalidInput, NameTaken when a partner directly below the same parent has the new name;
 *   CreditInUse when the partner owes more than the new limit
 */
export function updatePartner(sql: Sql, id: string, terms: PartnerTerms, actorId: string): Promise<Partner> {
  const newName = terms.name === undefined ? undefined : boundedText('name', terms.name, 200);
  return change(sql, { id, actorId, type: 'PARTNER_CHANGED', newName }, async (tx, before) => {
    const after = { ...before, ...terms, name: newName ?? before.name };
    if (terms.dailyLimit !== undefined || terms.dailyCardLimit !== undefined) checkDailyLimits(after);
    if (before.balance < -after.creditLimit) {
      throw new CreditInUse({ balance: formatMicros(before.balance), currency: before.currency });
    }
    await tx`
      UPDATE partners SET name = ${after.name}, credit_limit = ${after.creditLimit.toString()},
        discount_basis_points = ${after.discountBasisPoints}, daily_limit = ${after.dailyLimit?.toString() ?? null},
        daily_card_limit = ${after.dailyCardLimit?.toString() ?? null},
        allowed_batch_ids = ${after.allowedBatchIds}::uuid[],
        allowed_rate_group_ids = ${after.allowedRateGroupIds}::uuid[]
      WHERE id = ${id}`;
  });
}

/** The actor that suspends or resumes a partner. */
interface Superior {
  readonly actorId: string;
  /** The branch it acts for; null: the operator. */
  readonly branch: Branch | null;
}

/**
 * Disables the API keys of a partner and its branch until it is resumed. Its cards keep working. If the partner is
 * suspended already, the suspension belongs to the higher of the two superiors from then on.
 *
 * @throws NotFound
 */
export function suspendPartner(sql: Sql, id: string, { actorId, branch }: Superior): Promise<Partner> {
  return change(sql, { id, actorId, type: 'PARTNER_SUSPENDED' }, async (tx, before) => {
    if (isSuspendedFromAbove(before, branch)) return;
    await tx`
      UPDATE partners SET suspended_at = coalesce(suspended_at, now()), suspended_by_id = ${branch?.rootId ?? null}
      WHERE id = ${id}`;
  });
}

/** @throws NotFound; NotAllowed when it was suspended by a superior of the actor */
export function resumePartner(sql: Sql, id: string, { actorId, branch }: Superior): Promise<Partner> {
  return change(sql, { id, actorId, type: 'PARTNER_RESUMED' }, async (tx, before) => {
    if (isSuspendedFromAbove(before, branch)) {
      throw new NotAllowed({
        problem: 'This partner was suspended from above you: ask for it to be resumed there.',
      });
    }
    await tx`UPDATE partners SET suspended_at = NULL, suspended_by_id = NULL WHERE id = ${id}`;
  });
}

/** Whether it was suspended by somebody outside this branch: a partner further up, or the operator. */
function isSuspendedFromAbove({ suspendedAt, suspendedById }: Partner, branch: Branch | null): boolean {
  return suspendedAt !== null && branch !== null && !branch.has(suspendedById);
}

/**
 * Moves a partner with its whole branch below another, or to the top. From then on its new superiors see all of it,
 * including its past, and its former superiors see nothing of it.
 *
 * @throws NotFound, PartnerMisplaced, NameTaken when a partner directly below the same parent has its name
 */
export function movePartner(
  sql: Sql,
  id: string,
  parentId: string | null,
  actorId: string,
): Promise<Partner> {
  return change(sql, { id, actorId, type: 'PARTNER_MOVED' }, async (tx) => {
    if (parentId !== null) await refuseMisplaced(tx, id, parentId);
    await tx`UPDATE partners SET parent_id = ${parentId} WHERE id = ${id}`;
  });
}

type PartnerChange = 'PARTNER_CHANGED' | 'PARTNER_SUSPENDED' | 'PARTNER_RESUMED' | 'PARTNER_MOVED';

/**
 * Locks a partner, changes it, and appends the event.
 *
 * @throws NotFound, NameTaken when it would get the name of another below the same parent
 */
async function change(
  sql: Sql,
  {
    id,
    actorId,
    type,
    newName,
  }: { id: string; actorId: string; type: PartnerChange; newName?: string | undefined },
  apply: (tx: Transaction, before: Partner) => Promise<void>,
): Promise<Partner> {
  let name = '';
  try {
    return await sql.begin(async (tx) => {
      const read = () =>
        tx<Partner[]>`SELECT ${partnerRows.list(tx)} FROM partners WHERE id = ${id} FOR NO KEY UPDATE`;
      const [before] = await read();
      if (!before) throw new NotFound({ what: 'partner', reference: id });
      name = newName ?? before.name;
      await apply(tx, before);
      const [after] = await read();
      await appendEvents(tx, [
        { type, actorId, partnerId: id, payload: { parentId: after?.parentId ?? null } },
      ]);
      return after ?? before;
    });
  } catch (error) {
    if (isUniqueViolation(error, 'partners_name_key')) throw new NameTaken({ name });
    throw error;
  }
}
