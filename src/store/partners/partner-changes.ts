import type { Branch } from '../../domain/partners/branch.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import { NotAllowed } from '../../domain/rejections/access.ts';
import { NameTaken, NotFound } from '../../domain/rejections/input.ts';
import { CreditInUse } from '../../domain/rejections/partners.ts';
import { formatMicros } from '../../domain/values/money.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { partnerRows } from '../postgres/rows.ts';
import { refuseMisplaced } from './partner-place.ts';

/** The operator's settings for a partner. An omitted setting stays as it is; null removes a limit. */
export type PartnerTerms = Partial<
  Pick<
    Partner,
    | 'creditLimit'
    | 'discountBasisPoints'
    | 'dailyLimit'
    | 'dailyCardLimit'
    | 'allowedBatchIds'
    | 'allowedRateGroupIds'
  >
>;

/** @throws NotFound, CreditInUse when the partner owes more than the new limit */
export function updatePartner(sql: Sql, id: string, terms: PartnerTerms, actorId: string): Promise<Partner> {
  return change(sql, { id, actorId, type: 'PARTNER_CHANGED' }, async (tx, before) => {
    const after = { ...before, ...terms };
    if (before.balance < -after.creditLimit) {
      throw new CreditInUse({ balance: formatMicros(before.balance), currency: before.currency });
    }
    await tx`
      UPDATE partners SET credit_limit = ${after.creditLimit.toString()},
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
  return change(sql, { id, actorId, type: 'PARTNER_MOVED' }, async (tx, { name }) => {
    if (parentId !== null) await refuseMisplaced(tx, id, parentId);
    const [namesake] = await tx`
      SELECT FROM partners WHERE name = ${name} AND parent_id IS NOT DISTINCT FROM ${parentId} AND id <> ${id}`;
    if (namesake) throw new NameTaken({ name });
    await tx`UPDATE partners SET parent_id = ${parentId} WHERE id = ${id}`;
  });
}

type PartnerChange = 'PARTNER_CHANGED' | 'PARTNER_SUSPENDED' | 'PARTNER_RESUMED' | 'PARTNER_MOVED';

/** Locks a partner, changes it, and appends the event. */
async function change(
  sql: Sql,
  { id, actorId, type }: { id: string; actorId: string; type: PartnerChange },
  apply: (tx: Transaction, before: Partner) => Promise<void>,
): Promise<Partner> {
  return sql.begin(async (tx) => {
    const read = () =>
      tx<Partner[]>`SELECT ${partnerRows.list(tx)} FROM partners WHERE id = ${id} FOR NO KEY UPDATE`;
    const [before] = await read();
    if (!before) throw new NotFound({ what: 'partner', reference: id });
    await apply(tx, before);
    const [after] = await read();
    await appendEvents(tx, [
      { type, actorId, partnerId: id, payload: { parentId: after?.parentId ?? null } },
    ]);
    return after ?? before;
  });
}
