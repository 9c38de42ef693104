import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { UploadGone } from '../../domain/rejections/files.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { deriveKey, type PinVault } from '../keys/pin-vault.ts';
import { int16 } from '../postgres/binary-rows.ts';

const KEY_ID_BYTES = 2;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Where a piece of a file belongs: it fits no other place, and no other file. */
export interface BlockPosition {
  readonly linkId: string;
  readonly sequence: number;
}

/**
 * Keeps files that wait in the database: AES-256-GCM under a key of their own, derived (HKDF, RFC 5869) from the master
 * key in use, so that no PIN of a file of cards lies in a table, in the write-ahead log or in a backup in the clear. Each
 * piece says which master key it is under. A file waits for hours at most: it does not outlive the retirement of a key,
 * and would have to be sent again.
 */
export class FileSeal {
  readonly #keys: KeyRing;

  constructor(keys: KeyRing) {
    this.#keys = keys;
  }

  /** Id of the master key, nonce, ciphertext and tag in one. */
  seal(content: Uint8Array, place: BlockPosition): Buffer {
    const { keyId, vault } = this.#keys.inUse;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', keyFrom(vault), nonce).setAAD(named(place));
    return Buffer.concat([int16(keyId), nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws UploadGone when its key was retired; Error when it was not sealed for this place */
  async open(sealed: Buffer, place: BlockPosition): Promise<Buffer> {
    const key = await this.#keys.find(sealed.readInt16BE(0));
    if (!key) throw new UploadGone();
    const begin = KEY_ID_BYTES + NONCE_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', keyFrom(key.vault), sealed.subarray(KEY_ID_BYTES, begin))
      .setAAD(named(place))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(begin, -TAG_BYTES)), decipher.final()]);
  }
}

function keyFrom({ keys }: PinVault): Buffer {
  return deriveKey(keys.sealing, 'cardline file sealing 1');
}

function named({ linkId, sequence }: BlockPosition): Buffer {
  return Buffer.from(`${linkId} ${sequence}`);
}
