import { FileTooLarge, UploadGone, UploadNotReceived } from '../../domain/rejections/files.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import type { FileLink, FileLinkPurpose } from './file-links.ts';
import type { Chunks } from './file-reader.ts';
import type { FileSeal } from './file-seal.ts';
import { refuseOverQuota, type UploadQuota } from './upload-quota.ts';

const MIB = 1024 * 1024;

/** Maximum size per purpose, in bytes. A deck of a million rows is some 60 MB, a file of as many cards 100 MB. */
export const UPLOAD_LIMITS = {
  UPLOAD_RATES: 128 * MIB,
  UPLOAD_CARDS: 256 * MIB,
} as const satisfies Partial<Record<FileLinkPurpose, number>>;

type UploadPurpose = keyof typeof UPLOAD_LIMITS;

export const UPLOAD_PURPOSES = Object.keys(UPLOAD_LIMITS) as UploadPurpose[];

const CHUNK_BYTES = MIB;

/** The database, and the keys that encrypt uploaded files. */
interface FileKeep {
  readonly sql: Sql;
  readonly seal: FileSeal;
}

/**
 * Stores an uploaded file in encrypted blocks, so that any instance can import it. It counts as received only when it
 * is complete. No database connection is held between blocks, so that a slow client occupies none.
 *
 * @returns bytes
 * @throws FileTooLarge beyond the limit, UploadQuotaExceeded; the blocks received so far are deleted, as when the
 *   client disconnects.
 */
export async function receiveUpload(
  { sql, seal, quota }: FileKeep & { readonly quota: UploadQuota },
  { id: linkId, purpose, actorId }: Pick<FileLink, 'id' | 'actorId'> & { readonly purpose: UploadPurpose },
  body: AsyncIterable<Uint8Array>,
): Promise<number> {
  const limitBytes = UPLOAD_LIMITS[purpose];
  try {
    let [size, sequence] = [0, 0];
    for await (const content of inChunks(body)) {
      size += content.length;
      if (size > limitBytes) throw new FileTooLarge({ limitBytes });
      await refuseOverQuota(sql, quota, actorId);
      await sql`
        INSERT INTO file_chunks (link_id, sequence, content)
        VALUES (${linkId}, ${sequence}, ${seal.seal(content, { linkId, sequence })})`;
      sequence += 1;
    }
    await sql`UPDATE file_links SET finished_at = now() WHERE id = ${linkId}`;
    return size;
  } catch (error) {
    await forgetUpload(sql, linkId);
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

interface ReceivedUpload {
  /** Total length of its sealed blocks in bytes: slightly more than the file. */
  readonly size: number;
  readonly chunks: (tx: Sql | Transaction) => Chunks;
}

/**
 * Opens a received file and returns its bytes in order.
 *
 * @param linkId the upload's link, which must be the actor's
 * @throws UploadNotReceived; UploadGone while it is read
 */
export async function openUpload(
  { sql, seal }: FileKeep,
  { linkId, actorId, purpose }: { linkId: string; actorId: string; purpose: UploadPurpose },
): Promise<ReceivedUpload> {
  const [link] = await sql<{ size: bigint }[]>`
    SELECT (SELECT coalesce(sum(length(content)), 0)::bigint FROM file_chunks WHERE link_id = id) AS size
    FROM file_links
    WHERE id = ${linkId} AND actor_id = ${actorId} AND purpose = ${purpose} AND finished_at IS NOT NULL`;
  if (!link) throw new UploadNotReceived();
  const size = Number(link.size);
  return { size, chunks: (tx) => uploadedChunks({ sql: tx, seal }, { linkId, size }) };
}

/**
 * The bytes of a received file. Yields all of them or throws: a file may be purged while it waits, and while it is
 * read.
 *
 * @param size total length of its blocks when it was opened
 * @throws UploadGone
 */
export async function* uploadedChunks(
  { sql, seal }: { readonly sql: Sql | Transaction; readonly seal: FileSeal },
  { linkId, size }: { readonly linkId: string; readonly size: number },
): AsyncGenerator<Uint8Array> {
  let read = 0;
  for (let sequence = 0; read < size; sequence += 1) {
    const [chunk] = await sql<{ content: Buffer }[]>`
      SELECT content FROM file_chunks WHERE link_id = ${linkId} AND sequence = ${sequence}`;
    if (!chunk) throw new UploadGone();
    read += chunk.content.length;
    yield await seal.open(chunk.content, { linkId, sequence });
  }
}

export async function forgetUpload(sql: Sql | Transaction, linkId: string): Promise<void> {
  await sql`DELETE FROM file_chunks WHERE link_id = ${linkId}`;
}
