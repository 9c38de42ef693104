import { erasedNumber } from '../../domain/access/number-mask.ts';
import type { Sql, Transaction } from '../postgres/database.ts';

/** Calls per transaction. */
const BATCH = 500;
/** Sorts before every id. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

interface OldCall {
  readonly id: string;
  readonly number: string;
  readonly paid: boolean;
  /** Whether the call has ended and is old enough. */
  readonly due: boolean;
}

/**
 * Purges calls that were requested before an instant. Calls without transfers are deleted; calls that moved money stay,
 * since transfers refer to them, and lose the number. Works in the order of the ids, which is that of time, and stores
 * its progress, so that no call is examined twice.
 *
 * @returns how many calls were examined
 */
export async function forgetOldCalls(sql: Sql, before: Date, signal?: AbortSignal): Promise<number> {
  let looked = 0;
  while (!signal?.aborted) {
    const batch = await sql.begin((tx) => purgeBatch(tx, before));
    looked += batch;
    if (batch < BATCH) break;
  }
  return looked;
}

async function purgeBatch(tx: Transaction, before: Date): Promise<number> {
  // One instance at a time: when the others get the lock, the mark has moved on.
  await tx`INSERT INTO retention_marks (subject, up_to) VALUES ('calls', ${FIRST_ID}) ON CONFLICT DO NOTHING`;
  const [mark] = await tx<{ upTo: string }[]>`
    SELECT up_to AS "upTo" FROM retention_marks WHERE subject = 'calls' FOR UPDATE`;
  const next = await tx<OldCall[]>`
    SELECT c.id, c.number, EXISTS (SELECT FROM transfers t WHERE t.call_id = c.id) AS paid,
           c.authorized_at < ${before} AND c.state <> 'AUTHORIZED' AS due
    FROM calls c WHERE c.id > ${mark?.upTo ?? FIRST_ID} ORDER BY c.id LIMIT ${BATCH}`;
  // The first call that must stay for now stops the mark: it must not move past that call.
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
