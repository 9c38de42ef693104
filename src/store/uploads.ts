import { FileTooLarge, UploadNotReceived } from '../domain/rejections/files.ts';
import type { Sql } from './database.ts';
import type { DeckSource } from './rate-deck-reader.ts';

/** A deck of a million rows is some 60 MB. */
export const UPLOAD_LIMIT_BYTES = 128 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/**
 * Keeps a file that comes over a link, in pieces, so that any instance can import it. It counts as received only
 * when all of it is there. Between the pieces no connection to the database is held: a client may take its time.
 *
 * @returns bytes
 * @throws FileTooLarge beyond the limit; what had come is forgotten, as when the client goes away.
 */
export async function receiveUpload(
  sql: Sql,
  linkId: string,
  body: AsyncIterable<Uint8Array>,
): Promise<number> {
  try {
    let [size, sequence] = [0, 0];
    for await (const content of inChunks(body)) {
      size += content.length;
      if (size > UPLOAD_LIMIT_BYTES) throw new FileTooLarge({ limitBytes: UPLOAD_LIMIT_BYTES });
      await sql`INSERT INTO file_chunks (link_id, sequence, content) VALUES (${linkId}, ${sequence}, ${content})`;
      sequence += 1;
    }
    await sql`UPDATE file_links SET finished_at = now() WHERE id = ${linkId}`;
    return size;
  } catch (error) {
    await sql`DELETE FROM file_chunks WHERE link_id = ${linkId}`;
    throw error;
  }
}

async function* inChunks(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  for await (const piece of body) {
    waiting.push(piece);
    waitingBytes += piece.length;
    if (waitingBytes < CHUNK_BYTES) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
  }
  if (waitingBytes > 0) yield Buffer.concat(waiting);
}

/**
 * The bytes of a received file, in order.
 *
 * @param linkId the upload's link, of the one who asks
 * @throws UploadNotReceived
 */
export async function openUpload(
  sql: Sql,
  { linkId, actorId }: { linkId: string; actorId: string },
): Promise<DeckSource> {
  const [link] = await sql`
    SELECT FROM file_links WHERE id = ${linkId} AND actor_id = ${actorId} AND finished_at IS NOT NULL`;
  if (!link) throw new UploadNotReceived();
  return async function* (tx) {
    for (let sequence = 0; ; sequence += 1) {
      const [chunk] = await tx<{ content: Buffer }[]>`
        SELECT content FROM file_chunks WHERE link_id = ${linkId} AND sequence = ${sequence}`;
      if (!chunk) return;
      yield chunk.content;
    }
  };
}
