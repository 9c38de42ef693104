import { erasedNumber } from '../../domain/values/phone-number.ts';
import type { Sql, Transaction } from '../postgres/database.ts';

/** Calls in one transaction. */
const BATCH = 500;
/** The id before all ids. */
const FIRST = '00000000-0000-0000-0000-000000000000';

interface OldCall {
  readonly id: string;
  readonly number: string;
  readonly paid: boolean;
  /** Whether it is over and old enough. */
  readonly due: boolean;
}

/**
 * Lets go of calls that were asked for before an instant: those without a movement are deleted; those that moved money
 * stay, since the movements name them, and lose the number. In the order of the ids, which is that of time; how far it
 * has come is kept, so that what was looked at is not looked at again.
 *
 * @returns how many calls were looked at
 */
export async function forgetOldCalls(sql: Sql, before: Date, signal?: AbortSignal): Promise<number> {
  let looked = 0;
  while (!signal?.aborted) {
    const batch = await sql.begin((tx) => forgetSome(tx, before));
    looked += batch;
    if (batch < BATCH) break;
  }
  return looked;
}

async function forgetSome(tx: Transaction, before: Date): Promise<number> {
  // One instance at a time: the others find the mark moved on.
  await tx`INSERT INTO retention_marks (subject, up_to) VALUES ('calls', ${FIRST}) ON CONFLICT DO NOTHING`;
  const [mark] = await tx<{ upTo: string }[]>`
    SELECT up_to AS "upTo" FROM retention_marks WHERE subject = 'calls' FOR UPDATE`;
  const next = await tx<OldCall[]>`
    SELECT c.id, c.number, EXISTS (SELECT FROM transfers t WHERE t.call_id = c.id) AS paid,
           c.authorized_at < ${before} AND c.state <> 'AUTHORIZED' AS due
    FROM calls c WHERE c.id > ${mark?.upTo ?? FIRST} ORDER BY c.id LIMIT ${BATCH}`;
  // The first that stays for now holds up those behind it: the mark must not pass it.
  const firstKept = next.findIndex(({ due }) => !due);
  const old = firstKept === -1 ? next : next.slice(0, firstKept);
  const last = old.at(-1);
  if (!last) return 0;
  const unpaid = old.filter(({ paid }) => !paid).map(({ id }) => id);
  const paid = old.filter((call) => call.paid);
  await tx`DELETE FROM calls WHERE id = ANY(${unpaid}::uuid[])`;
  await tx`
    UPDATE calls SET number = n.number, fingerprint = sha256(convert_to(gen_random_uuid()::text, 'UTF8'))
    FROM unnest(
      ${paid.map(({ id }) => id)}::uuid[], ${paid.map(({ number }) => erasedNumber(number))}::text[]
    ) AS n (id, number)
    WHERE calls.id = n.id`;
  await tx`UPDATE retention_marks SET up_to = ${last.id} WHERE subject = 'calls'`;
  return old.length;
}
