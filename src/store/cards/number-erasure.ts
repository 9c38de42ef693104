import { erasedNumber } from '../../domain/values/phone-number.ts';
import type { Sql } from '../postgres/database.ts';
import type { CommandRunner } from '../writer/command.ts';
import { unbindCommand } from '../writer/commands/bindings.ts';
import type { Actor } from '../writer/commands/once.ts';

/** Rows in one transaction at most. */
const CHUNK = 500;

export interface Erasure {
  /** What stands where the number stood. */
  readonly mask: string;
  readonly unbound: boolean;
  /** Rows it was taken out of. */
  readonly calls: number;
  readonly events: number;
  readonly answers: number;
}

/**
 * Takes a number out of all that is kept: its binding ends, and in calls, events and the answers of keys a mask stands
 * in its place. Nothing else of those rows changes, and no sum: the triggers let nothing else through. The audit trail
 * never had it. In small transactions; when it breaks off, the same again does the rest.
 *
 * @param number E.164, with its plus
 */
export async function eraseNumber(
  { sql, writer }: { readonly sql: Sql; readonly writer: CommandRunner },
  giver: Actor,
  number: string,
): Promise<Erasure> {
  const mask = erasedNumber(number);
  const unbound = await unbind({ sql, writer }, giver, number);
  // The fingerprint goes too: who knows the card could find the number by trying all.
  const calls = await inChunks(
    () => sql`
      UPDATE calls SET
        number = ${mask},
        fingerprint = sha256(convert_to(gen_random_uuid()::text, 'UTF8'))
      WHERE id IN (SELECT id FROM calls WHERE number = ${number} LIMIT ${CHUNK})`,
  );
  const events = await inChunks(
    () => sql`
      UPDATE events SET payload = jsonb_set(payload, '{number}', to_jsonb(${mask}::text))
      WHERE position IN (
        SELECT position FROM events WHERE payload ? 'number' AND payload->>'number' = ${number} LIMIT ${CHUNK})`,
  );
  const answers = await inChunks(
    () => sql`
      UPDATE idempotency_keys SET outcome = jsonb_set(outcome, '{data,reference}', to_jsonb(${mask}::text))
      WHERE (owner_id, key) IN (
        SELECT owner_id, key FROM idempotency_keys
        WHERE outcome->'data' ? 'reference' AND outcome->'data'->>'reference' = ${number} LIMIT ${CHUNK})`,
  );
  await forgetAttempts(sql, number, mask);
  return { mask, unbound, calls, events, answers };
}

async function unbind(
  { sql, writer }: { readonly sql: Sql; readonly writer: CommandRunner },
  giver: Actor,
  number: string,
): Promise<boolean> {
  const [binding] = await sql<{ cardId: string }[]>`
    SELECT card_id AS "cardId" FROM number_bindings WHERE number = ${number}`;
  if (!binding) return false;
  await writer.run(unbindCommand(giver, { cardId: binding.cardId, number }));
  return true;
}

/** What is known of the number as a source of attempts is let go of; an alarm that names it stays, with the mask. */
async function forgetAttempts(sql: Sql, number: string, mask: string): Promise<void> {
  await sql`DELETE FROM trusted_numbers WHERE number = ${number}`;
  await sql`DELETE FROM guess_sources WHERE kind = 'CALLER_NUMBER' AND source = ${number}`;
  await sql`DELETE FROM failed_authentications WHERE caller_number = ${number}`;
  await sql`
    UPDATE security_alerts SET source = ${mask}, subject = replace(subject, ${number}, ${mask}),
      message = replace(message, ${number}, ${mask})
    WHERE source = ${number}`;
}

async function inChunks(change: () => PromiseLike<{ readonly count: number }>): Promise<number> {
  let changed = 0;
  for (;;) {
    const { count } = await change();
    changed += count;
    if (count < CHUNK) return changed;
  }
}
