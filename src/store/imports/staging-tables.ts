import type { CardNoteCode, CardProblem, CardProblemCode } from '../../domain/imports/card-file-problem.ts';
import { keyOf, specialKey } from '../pins/serial-spelling.ts';
import { copyIn } from '../postgres/copy-in.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { columnNames } from '../postgres/table-rows.ts';
import { cards } from '../schema/cards.ts';
import { STAGED_LIFE, type StagedHeads, type StagedPiece } from './staged-cards.ts';

const LIFE = columnNames(cards, STAGED_LIFE);

/** For sorting a million rows; no other work shares this session. */
const WORK_MEMORY = '64MB';

/**
 * The tables in which a file waits until all of it is checked. They are temporary, so nobody else sees them, they are
 * not WAL-logged, and they disappear with the session, however it ends. They hold PINs in the same form as the table of
 * cards. They are filled block by block in short transactions: a long one would hold back VACUUM in the whole database.
 */
export async function createStagingTables(session: Sql): Promise<void> {
  await session.unsafe(`
    SET work_mem = '${WORK_MEMORY}';
    CREATE TEMPORARY TABLE staged_cards AS
      SELECT 0 AS line, 0 AS batch_index, id, id AS transfer_id, serial, pin_digest, pin_cipher, status,
        '' AS state, balance AS opening, ${LIFE}
      FROM cards WITH NO DATA;
    CREATE TEMPORARY TABLE staged_earlier_digests (line integer NOT NULL, pin_digest bytea NOT NULL);
    CREATE TEMPORARY TABLE staged_numbers (line integer NOT NULL, number text NOT NULL);
    CREATE TEMPORARY TABLE staged_problems (
      line integer NOT NULL, column_name text, code text NOT NULL, message text NOT NULL,
      is_note boolean NOT NULL DEFAULT false
    );`);
}

/** Adds the rows of one block of the file. */
export async function stagePiece(
  session: Sql,
  { rows, numbers, earlierDigests, problems, notes }: StagedPiece,
): Promise<void> {
  await session.begin(async (tx) => {
    await copyIn(tx`COPY staged_cards FROM STDIN (FORMAT binary)`, rows);
    if (numbers !== '') await copyIn(tx`COPY staged_numbers FROM STDIN`, numbers);
    if (earlierDigests !== '') await copyIn(tx`COPY staged_earlier_digests FROM STDIN`, earlierDigests);
    await stageProblems(tx, problems);
    await stageProblems(tx, notes, { areNotes: true });
  });
}

export async function stageProblems(
  tx: Transaction,
  problems: readonly CardProblem<CardProblemCode | CardNoteCode>[],
  { areNotes = false } = {},
): Promise<void> {
  if (problems.length === 0) return;
  const text = problems.map(({ line, column, code, message }) =>
    [line, column === null ? '\\N' : escaped(column), code, escaped(message), areNotes].join('\t'),
  );
  await copyIn(tx`COPY staged_problems FROM STDIN`, `${text.join('\n')}\n`);
}

/** One problem instead of all others. */
export async function replaceProblems(session: Sql, problem: CardProblem): Promise<void> {
  await session.begin(async (tx) => {
    await tx`DELETE FROM staged_problems WHERE NOT is_note`;
    await stageProblems(tx, [problem]);
  });
}

/** Headers and messages may contain characters that are special to COPY. */
function escaped(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? '');
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Finds lines of the file that conflict with each other. Run once, because the file does not change. */
export async function findDoubles(session: Sql, heads: StagedHeads): Promise<void> {
  await session.unsafe('ANALYZE staged_cards; ANALYZE staged_numbers');
  await session`
    INSERT INTO staged_problems
    SELECT line, ${heads.serial}, 'DOUBLE_SERIAL', format('Line %s has the same serial: give each card its own.', first)
    FROM (
      SELECT line, min(line) OVER (PARTITION BY ${session.unsafe(keyOf('staged_cards'))}) AS first FROM staged_cards
      WHERE serial IS NOT NULL
    ) AS s
    WHERE line <> first`;
  await session`
    INSERT INTO staged_problems
    SELECT line, ${heads.pin}, 'DOUBLE_PIN', format('Line %s has the same PIN: replace one of the two cards first.', first)
    FROM (
      SELECT line, min(line) OVER (PARTITION BY pin_digest) AS first FROM staged_cards WHERE pin_digest IS NOT NULL
    ) AS s
    WHERE line <> first`;
  await session`
    INSERT INTO staged_problems
    SELECT line, ${heads.boundNumbers}, 'DOUBLE_NUMBER',
      format('A number here stands on line %s too: it can stand for one card only.', min(first))
    FROM (SELECT line, min(line) OVER (PARTITION BY number) AS first FROM staged_numbers) AS s
    WHERE line <> first GROUP BY line`;
}

/** Finds conflicts between the file and existing data. Run again when something was taken meanwhile. */
export async function findTaken(session: Sql, heads: StagedHeads): Promise<void> {
  await session`DELETE FROM staged_problems WHERE code IN ('SERIAL_TAKEN', 'PIN_TAKEN', 'NUMBER_TAKEN')`;
  await session`
    INSERT INTO staged_problems
    SELECT DISTINCT line, ${heads.serial}, 'SERIAL_TAKEN', 'A card here has this serial already: correct it, or leave the line out.'
    FROM (${takenByCards(session)}) AS s`;
  await session`
    INSERT INTO staged_problems
    SELECT DISTINCT line, ${heads.serial}, 'SERIAL_TAKEN', 'A card that is being made gets this serial: correct it.'
    FROM (${takenByBatches(session)}) AS s`;
  await session`
    INSERT INTO staged_problems
    SELECT line, ${heads.pin}, 'PIN_TAKEN', 'A card here has this PIN already: replace one of the two cards first.'
    FROM (
      SELECT line, pin_digest FROM staged_cards UNION ALL SELECT line, pin_digest FROM staged_earlier_digests
    ) AS s WHERE EXISTS (SELECT FROM cards AS c WHERE c.pin_digest = s.pin_digest)`;
  await session`
    INSERT INTO staged_problems
    SELECT DISTINCT line, ${heads.boundNumbers}, 'NUMBER_TAKEN', 'A number here stands for a card already: unbind it there, or leave it out.'
    FROM staged_numbers AS s WHERE EXISTS (SELECT FROM number_bindings AS b WHERE b.number = s.number)`;
}

/**
 * Whether a serial of the file was taken by another batch since the comparison, in any spelling. Only the batches of the
 * last hour are searched: one that ended before was there when the file was compared.
 */
export async function isSerialTaken(tx: Transaction, ownBatchId: string): Promise<boolean> {
  const recent = await tx<{ id: string }[]>`
    SELECT id FROM card_batches
    WHERE id <> ${ownBatchId} AND (finished_at IS NULL OR finished_at > now() - interval '1 hour')`;
  if (recent.length === 0) return false;
  const within = tx`c.batch_id = ANY(${recent.map(({ id }) => id)}::uuid[])`;
  const [taken] = await tx`${takenByCards(tx, within)} UNION ALL ${takenByBatches(tx)} LIMIT 1`;
  return taken !== undefined;
}

/** Two joins, because each can use its index or hash its table. @param within a condition on the cards, as `c` */
function takenByCards(session: Sql | Transaction, within = session`true`) {
  const staged = session.unsafe(keyOf('s'));
  return session`
    SELECT s.line FROM staged_cards AS s JOIN cards AS c ON c.serial = ${staged} AND ${within}
    UNION ALL
    SELECT s.line FROM staged_cards AS s
    JOIN cards AS c ON ${session.unsafe(keyOf('c'))} = ${staged} AND ${session.unsafe(specialKey('c'))} AND ${within}`;
}

/** Batches that are still being made have reserved their serials. */
function takenByBatches(session: Sql | Transaction) {
  return session`
    SELECT line FROM (SELECT line, ${session.unsafe(keyOf('staged'))} AS key FROM staged_cards AS staged) AS s
    JOIN card_batches AS b
      ON b.state IN ('PENDING', 'GENERATING') AND left(s.key, -10) = replace(b.serial_prefix, '-', '') AND
        CASE WHEN right(s.key, 10) ~ '^[0-9]{10}$'
          THEN right(s.key, 10)::bigint BETWEEN b.serial_start + b.made AND b.serial_start + b.quantity - 1
          ELSE false END`;
}

export async function countProblems(session: Sql | Transaction): Promise<number> {
  const [row] = await session<
    { count: bigint }[]
  >`SELECT count(*) AS count FROM staged_problems WHERE NOT is_note`;
  return Number(row?.count ?? 0n);
}
