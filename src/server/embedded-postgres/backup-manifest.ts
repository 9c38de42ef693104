import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { UsageError } from '../settings/usage-error.ts';

export const MANIFEST = 'manifest.json';

const Manifest = z.object({
  format: z.literal(1),
  postgres: z.string(),
  finishedAt: z.string(),
  startLsn: z.string(),
  stopLsn: z.string(),
  withKeys: z.boolean(),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
});

/** Describes a backup and every file in it, so that a missing or altered file is found before anything is restored. */
export type BackupManifest = z.infer<typeof Manifest>;
export type BackedUpFile = BackupManifest['files'][number];

/** @throws UsageError when the folder holds no backup, or half of one. */
export async function readManifest(folder: string): Promise<BackupManifest> {
  try {
    return Manifest.parse(JSON.parse(await readFile(path.join(folder, MANIFEST), 'utf8')));
  } catch {
    throw new UsageError(`${folder} is no finished backup: it has no ${MANIFEST} of one.`);
  }
}

/**
 * Copies a file durably and returns what was copied. A file of the database may change meanwhile: the write-ahead log,
 * which is copied after it, repairs torn pages.
 *
 * @param onBytes called with the number of bytes of each chunk
 */
export async function copyFile(
  from: string,
  to: string,
  onBytes: (bytes: number) => void,
): Promise<Omit<BackedUpFile, 'path'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(to, 'wx', 0o600);
  try {
    await pipeline(createReadStream(from), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
        await file.writeFile(chunk);
        onBytes(chunk.length);
      }
    });
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}
