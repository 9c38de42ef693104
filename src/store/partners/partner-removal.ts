import type { Partner } from '../../domain/partners/partner.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import { PartnerInUse, type PartnerUses } from '../../domain/rejections/partners.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql } from '../postgres/database.ts';
import { partnerRows } from '../postgres/rows.ts';
import { lockPartnerTree } from './partner-place.ts';

/**
 * Removes a partner that was never used. One with partners below it, keys, batches or transfers stays, because books
 * and histories name it.
 *
 * @throws NotFound, PartnerInUse
 */
export async function removePartner(sql: Sql, id: string, actorId: string): Promise<Partner> {
  return sql.begin(async (tx) => {
    await lockPartnerTree(tx);
    // Whatever refers to the partner shares this lock: it waits for the end, and then finds no partner.
    const [partner] = await tx<Partner[]>`
      SELECT ${partnerRows.list(tx)} FROM partners WHERE id = ${id} FOR UPDATE`;
    if (!partner) throw new NotFound({ what: 'partner', reference: id });
    const [uses] = await tx<PartnerUses[]>`
      SELECT (SELECT count(*)::int FROM partners WHERE parent_id = ${id}) AS partners,
             (SELECT count(*)::int FROM api_keys WHERE partner_id = ${id}) AS "apiKeys",
             (SELECT count(*)::int FROM card_batches WHERE partner_id = ${id}) AS batches,
             (SELECT count(*)::int FROM transfers WHERE partner_id = ${id}) AS transfers`;
    if (uses && uses.partners + uses.apiKeys + uses.batches + uses.transfers > 0) {
      throw new PartnerInUse({ name: partner.name, ...uses });
    }
    await tx`DELETE FROM partners WHERE id = ${id}`;
    const { name, parentId } = partner;
    await appendEvents(tx, [
      { type: 'PARTNER_REMOVED', actorId, partnerId: id, payload: { name, parentId } },
    ]);
    return partner;
  });
}
