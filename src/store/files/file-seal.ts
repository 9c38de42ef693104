import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { UploadGone } from '../../domain/rejections/files.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { deriveKey, type PinVault } from '../keys/pin-vault.ts';
import { int16 } from '../postgres/binary-rows.ts';

const KEY_ID_BYTES = 2;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The position of a block: a sealed block can be opened only at this position of this file. */
interface BlockPosition {
  readonly linkId: string;
  readonly sequence: number;
}

/**
 * Encrypts files that wait in the database: AES-256-GCM under a separate key, derived (HKDF, RFC 5869) from the master
 * key in use, so that no PIN of an imported file is in plain text in a table, in the write-ahead log or in a backup.
 * Each block records its master key. Files wait for hours at most: a file does not survive the retirement of its key,
 * and must then be uploaded again.
 */
export class FileSeal {
  readonly #keys: KeyRing;

  constructor(keys: KeyRing) {
    this.#keys = keys;
  }

  /** Returns the id of the master key, nonce, ciphertext and tag, concatenated. */
  seal(content: Uint8Array, position: BlockPosition): Buffer {
    const { keyId, vault } = this.#keys.inUse;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', keyFrom(vault), nonce).setAAD(associatedData(position));
    return Buffer.concat([int16(keyId), nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws UploadGone when its key was retired; Error when it was not sealed for this position */
  async open(sealed: Buffer, position: BlockPosition): Promise<Buffer> {
    const key = await this.#keys.find(sealed.readInt16BE(0));
    if (!key) throw new UploadGone();
    const begin = KEY_ID_BYTES + NONCE_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', keyFrom(key.vault), sealed.subarray(KEY_ID_BYTES, begin))
      .setAAD(associatedData(position))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(begin, -TAG_BYTES)), decipher.final()]);
  }
}

function keyFrom({ keys }: PinVault): Buffer {
  return deriveKey(keys.sealing, 'cardline file sealing 1');
}

function associatedData({ linkId, sequence }: BlockPosition): Buffer {
  return Buffer.from(`${linkId} ${sequence}`);
}
