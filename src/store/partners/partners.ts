import type { Partner } from '../../domain/partners/partner.ts';
import { NameTaken } from '../../domain/rejections/input.ts';
import { currencyCode } from '../../domain/values/currency.ts';
import { boundedText } from '../../domain/values/text.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql } from '../postgres/database.ts';
import { isUniqueViolation } from '../postgres/database-errors.ts';
import { newId } from '../postgres/new-id.ts';
import { partnerRows } from '../postgres/rows.ts';
import { refuseMisplaced } from './partner-place.ts';

interface NewPartner {
  readonly name: string;
  readonly currency: string;
  readonly parentId?: string | null;
  readonly limitedAs?: string | null;
  readonly actorId: string;
}

/**
 * Creates a reseller with an empty wallet. Top it up with `topUpPartner`.
 *
 * @param currency ISO 4217; the only currency the wallet ever holds.
 * @param parentId the partner above it; null: directly below the operator.
 * @param limitedAs the partner whose limits it inherits; null: none. A partner that creates others must not evade its
 *   own limits that way.
 * @throws InvalidInput, NameTaken, NotFound, PartnerMisplaced
 */
export async function createPartner(
  sql: Sql,
  { name, currency, parentId = null, limitedAs = null, actorId }: NewPartner,
): Promise<Partner> {
  const trimmed = boundedText('name', name, 200);
  const known = currencyCode('currency', currency);
  try {
    return await sql.begin(async (tx) => {
      const id = newId();
      if (parentId !== null) await refuseMisplaced(tx, id, parentId);
      const [partner] = await tx<Partner[]>`
        INSERT INTO partners (id, name, currency, parent_id, daily_limit, daily_card_limit, allowed_batch_ids,
          allowed_rate_group_ids)
        SELECT ${id}::text::uuid, ${trimmed}::text, ${known}::text, ${parentId}::text::uuid,
          CASE WHEN a.currency = ${known}::text THEN a.daily_limit END,
          CASE WHEN a.currency = ${known}::text THEN a.daily_card_limit END,
          a.allowed_batch_ids, a.allowed_rate_group_ids
        FROM (SELECT) AS this LEFT JOIN partners a ON a.id = ${limitedAs}::text::uuid
        RETURNING ${partnerRows.list(tx)}`;
      if (!partner) throw new Error('A partner was inserted and not returned.');
      await appendEvents(tx, [
        {
          type: 'PARTNER_CREATED',
          actorId,
          partnerId: partner.id,
          payload: { name: trimmed, currency: known },
        },
      ]);
      return partner;
    });
  } catch (error) {
    if (isUniqueViolation(error, 'partners_name_key')) throw new NameTaken({ name: trimmed });
    throw error;
  }
}
