import { currencyCode } from '../domain/currency.ts';
import type { Partner } from '../domain/partner.ts';
import { NameTaken } from '../domain/rejections/input.ts';
import { boundedText } from '../domain/text.ts';
import type { Sql } from './database.ts';
import { isUniqueViolation } from './database-errors.ts';
import { appendEvents } from './event-log.ts';
import { newId } from './new-id.ts';
import { refuseMisplaced } from './partner-place.ts';
import { columnsOf } from './rows.ts';

/**
 * Creates a reseller with an empty wallet. Top it up with `topUpPartner`.
 *
 * @param currency ISO 4217; the only currency the wallet ever holds.
 * @param parentId the partner above it; null: none but the operator.
 * @throws InvalidInput, NameTaken, NotFound, PartnerMisplaced
 */
export async function createPartner(
  sql: Sql,
  {
    name,
    currency,
    parentId = null,
    actorId,
  }: { name: string; currency: string; parentId?: string | null; actorId: string },
): Promise<Partner> {
  const trimmed = boundedText('name', name, 200);
  const known = currencyCode('currency', currency);
  try {
    return await sql.begin(async (tx) => {
      const id = newId();
      if (parentId !== null) await refuseMisplaced(tx, id, parentId);
      const [partner] = await tx<Partner[]>`
        INSERT INTO partners (id, name, currency, parent_id) VALUES (${id}, ${trimmed}, ${known}, ${parentId})
        RETURNING ${columnsOf.partner(tx)}`;
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
