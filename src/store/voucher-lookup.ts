import type { PinDigester } from './caller-lookup.ts';
import { type MeantCard, NO_CARD } from './command.ts';
import type { Sql } from './database.ts';

/**
 * What a PIN entered as a voucher's names, by its digest: the PIN itself goes no further. It may name a card that is no
 * voucher, or nothing: the command refuses all alike, under its key. A PIN never changes its card, so it is looked up
 * before the command locks.
 */
export async function meantVoucher(
  { sql, digester }: { sql: Sql; digester: PinDigester },
  pin: string,
): Promise<MeantCard> {
  const digest = digester.digest(pin);
  const [card] = await sql<{ id: string }[]>`SELECT id FROM cards WHERE pin_digest = ${digest}`;
  return { id: card?.id ?? NO_CARD, reference: digest.toString('hex') };
}
