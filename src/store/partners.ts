import { v7 as uuidV7 } from 'uuid';
import type { Partner } from '../domain/partner.ts';
import { InvalidInput, NameTaken } from '../domain/rejections/input.ts';
import type { Sql } from './database.ts';
import { isUniqueViolation } from './database-errors.ts';
import { appendEvents } from './event-log.ts';
import { columnsOf } from './rows.ts';

/**
 * Creates a reseller with an empty wallet. Top it up with `topUpPartner`.
 *
 * @param currency ISO 4217; the only currency the wallet ever holds.
 * @throws InvalidInput, NameTaken
 */
export async function createPartner(
  sql: Sql,
  { name, currency, actorId }: { name: string; currency: string; actorId: string },
): Promise<Partner> {
  const trimmed = name.trim();
  if (trimmed.length === 0 || trimmed.length > 200) {
    throw new InvalidInput({ field: 'name', problem: 'must have 1 to 200 characters.' });
  }
  try {
    return await sql.begin(async (tx) => {
      const [partner] = await tx<Partner[]>`
        INSERT INTO partners (id, name, currency) VALUES (${uuidV7()}, ${trimmed}, ${currency})
        RETURNING ${columnsOf.partner(tx)}`;
      if (!partner) throw new Error('A partner was inserted and not returned.');
      await appendEvents(tx, [
        {
          type: 'PARTNER_CREATED',
          actorId,
          partnerId: partner.id,
          payload: { name: trimmed, currency },
        },
      ]);
      return partner;
    });
  } catch (error) {
    if (isUniqueViolation(error, 'partners_name_key')) throw new NameTaken({ name: trimmed });
    throw error;
  }
}
