import { erasedNumber } from '../../domain/access/number-mask.ts';
import { spellingsOf } from '../../domain/values/line.ts';
import type { Sql } from '../postgres/database.ts';
import type { CommandRunner } from '../writer/command.ts';
import { unbindCommand } from '../writer/commands/bindings.ts';
import type { Actor } from '../writer/commands/once.ts';

/** Maximum number of rows per transaction. */
const CHUNK = 500;

export interface Erasure {
  /** The text that replaces the number. */
  readonly mask: string;
  readonly unbound: boolean;
  /** Rows from which it was removed. */
  readonly calls: number;
  readonly events: number;
  readonly answers: number;
}

/**
 * Erases a telephone number from all stored data: its binding ends, and a mask replaces it in calls, events and the
 * stored answers of idempotency keys. Nothing else in those rows changes, no sum either: the triggers permit nothing
 * else. The audit trail never contained it. Works in small transactions; after an interruption, repeating it does the
 * rest.
 *
 * @param line as lineOf gives it: calls and events may have another spelling of it
 */
export async function eraseNumber(
  { sql, writer }: { readonly sql: Sql; readonly writer: CommandRunner },
  actor: Actor,
  line: string,
): Promise<Erasure> {
  const unbound = await unbind({ sql, writer }, actor, line);
  const erased = { calls: 0, events: 0, answers: 0 };
  for (const number of spellingsOf(line)) {
    const mask = erasedNumber(number);
    erased.calls += await eraseFromCalls(sql, number, mask);
    erased.events += await eraseFromEvents(sql, number, mask);
    erased.answers += await eraseFromAnswers(sql, number, mask);
    await deleteAttempts(sql, number, mask);
  }
  return { mask: erasedNumber(line), unbound, ...erased };
}

/** The fingerprint goes too: somebody who knows the card could find the number by trying all. */
function eraseFromCalls(sql: Sql, number: string, mask: string): Promise<number> {
  return inChunks(
    () => sql`
      UPDATE calls SET
        number = ${mask},
        fingerprint = sha256(convert_to(gen_random_uuid()::text, 'UTF8'))
      WHERE id IN (SELECT id FROM calls WHERE number = ${number} LIMIT ${CHUNK})`,
  );
}

function eraseFromEvents(sql: Sql, number: string, mask: string): Promise<number> {
  return inChunks(
    () => sql`
      UPDATE events SET payload = jsonb_set(payload, '{number}', to_jsonb(${mask}::text))
      WHERE position IN (
        SELECT position FROM events WHERE payload ? 'number' AND payload->>'number' = ${number} LIMIT ${CHUNK})`,
  );
}

function eraseFromAnswers(sql: Sql, number: string, mask: string): Promise<number> {
  return inChunks(
    () => sql`
      UPDATE idempotency_keys SET outcome = jsonb_set(outcome, '{data,reference}', to_jsonb(${mask}::text))
      WHERE (owner_id, key) IN (
        SELECT owner_id, key FROM idempotency_keys
        WHERE outcome->'data' ? 'reference' AND outcome->'data'->>'reference' = ${number} LIMIT ${CHUNK})`,
  );
}

async function unbind(
  { sql, writer }: { readonly sql: Sql; readonly writer: CommandRunner },
  actor: Actor,
  number: string,
): Promise<boolean> {
  const [binding] = await sql<{ cardId: string }[]>`
    SELECT card_id AS "cardId" FROM number_bindings WHERE number = ${number}`;
  if (!binding) return false;
  await writer.run(unbindCommand(actor, { cardId: binding.cardId, number }));
  return true;
}

/** Deletes the failure counts of the number as a source of attempts; an alert that names it stays, with the mask. */
async function deleteAttempts(sql: Sql, number: string, mask: string): Promise<void> {
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
