import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deriveKey } from './pin-vault.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Where a piece of a file belongs: it fits no other place, and no other file. */
export interface Place {
  readonly linkId: string;
  readonly sequence: number;
}

/**
 * Keeps files that wait in the database: AES-256-GCM under a key of their own from the master key (HKDF, RFC 5869), so
 * that no PIN of a file of cards lies in a table, in the write-ahead log or in a backup in the clear.
 */
export class FileSeal {
  readonly #key: Buffer;

  /** @param masterKey 32 bytes */
  constructor(masterKey: Buffer) {
    this.#key = deriveKey(masterKey, 'cardline file sealing 1');
  }

  /** Nonce, ciphertext and tag in one. */
  seal(content: Uint8Array, place: Place): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(named(place));
    return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws Error when it was not sealed for this place under this key. */
  open(sealed: Buffer, place: Place): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, NONCE_BYTES))
      .setAAD(named(place))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  }
}

function named({ linkId, sequence }: Place): Buffer {
  return Buffer.from(`${linkId} ${sequence}`);
}
