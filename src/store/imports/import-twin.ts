import type { Sql } from '../postgres/database.ts';

/** An import that brought in the same rows as another. */
interface ImportTwin {
  readonly id: string;
  /** The name of its batch. */
  readonly batch: string;
  readonly finishedAt: Date;
  /** Whether its order was the same too. */
  readonly isSameOrder: boolean;
}

/** The import that brought in the rows of another one before; undefined: none has. */
export async function doneTwin(
  sql: Sql,
  { id, content }: { readonly id: string; readonly content: Buffer | null },
): Promise<ImportTwin | undefined> {
  if (content === null) return undefined;
  const [twin] = await sql<ImportTwin[]>`
    SELECT i.id, b.name AS batch, i.finished_at AS "finishedAt",
      i.fingerprint = (SELECT fingerprint FROM card_imports WHERE id = ${id}) AS "isSameOrder"
    FROM card_imports AS i JOIN card_batches AS b ON b.id = i.batch_id
    WHERE i.content = ${content} AND i.state = 'DONE' AND i.id <> ${id} LIMIT 1`;
  return twin;
}
