import type { Chunks } from '../files/file-reader.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { CardFileThread } from './card-file-thread.ts';
import type { CardImportOrder } from './card-import-order.ts';

/** Separates these digests from those of PINs. */
const PURPOSE = 'CARD FILE ';

/**
 * The stored form of what a file says. Keyed, since its lines have PINs; the same under every master key, since it
 * identifies the file for as long as its import is kept.
 *
 * @param digest SHA-256 of the content of its rows, in hexadecimal
 */
export function keyedContent(keys: KeyRing, digest: string): Buffer {
  return Buffer.from(keys.reference(PURPOSE + digest), 'hex');
}

/** Reads a file only for what it says. */
export async function readContent(
  keys: KeyRing,
  { terms, reading }: CardImportOrder,
  chunks: Chunks,
): Promise<Buffer> {
  const thread = new CardFileThread(keys.inUse, { terms, rules: { reading, terms, now: new Date() } });
  try {
    for await (const { end } of thread.pieces(chunks)) if (end) return keyedContent(keys, end.content);
  } finally {
    await thread.close();
  }
  throw new Error('The file ended without its last piece.');
}
