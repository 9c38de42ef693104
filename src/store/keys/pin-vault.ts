import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomFillSync } from 'node:crypto';
import { normalizePin } from '../../domain/batches/pin-format.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The bytes that sealing adds to a PIN. */
export const SEALING_BYTES = NONCE_BYTES + TAG_BYTES;
export const DIGEST_BYTES = 32;

/** The vault's keys, from which a worker thread can create its own vault. */
export interface VaultKeys {
  readonly pepper: Buffer;
  readonly sealing: Buffer;
}

/**
 * Protects PINs: a PIN is looked up by HMAC-SHA-256 under a pepper that is not in the database, and stored as
 * AES-256-GCM ciphertext, bound to its card. Both keys are derived from one master key by HKDF (RFC 5869); the key ring
 * knows the master keys. Never logs, and no error message contains a PIN.
 */
export class PinVault {
  readonly keys: VaultKeys;

  constructor(keys: VaultKeys) {
    this.keys = keys;
  }

  /** @param masterKey 32 bytes */
  static fromMasterKey(masterKey: Buffer): PinVault {
    return new PinVault({
      pepper: deriveKey(masterKey, 'cardline pin pepper 1'),
      sealing: deriveKey(masterKey, 'cardline pin sealing 1'),
    });
  }

  /** The lookup digest of a PIN; spaces, dashes and letter case make no difference. */
  digest(pin: string): Buffer {
    return createHmac('sha256', this.keys.pepper).update(normalizePin(pin)).digest();
  }

  /**
   * Returns nonce, ciphertext and tag, concatenated. The card's id is authenticated too: a ciphertext can't be moved to
   * another card.
   */
  seal(pin: string, cardId: string): Buffer {
    const nonce = nextNonce();
    const cipher = createCipheriv('aes-256-gcm', this.keys.sealing, nonce).setAAD(Buffer.from(cardId));
    return Buffer.concat([nonce, cipher.update(pin, 'latin1'), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws Error when it was not sealed for this card under this key. */
  open(sealed: Buffer, cardId: string): string {
    const decipher = createDecipheriv('aes-256-gcm', this.keys.sealing, sealed.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(cardId))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    return (
      decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'latin1') +
      decipher.final('latin1')
    );
  }

  /** A value that shows whether two vaults have the same keys, and reveals nothing else. */
  fingerprint(): Buffer {
    return createHmac('sha256', this.keys.pepper)
      .update(this.keys.sealing)
      .update('cardline key check')
      .digest();
  }
}

const nonces = Buffer.alloc(NONCE_BYTES * 256);
let noncesUsed = nonces.length;

/**
 * Nonces are generated in bulk: one by one they took as long as the sealing itself. Use a nonce before asking for the
 * next.
 */
function nextNonce(): Buffer {
  if (noncesUsed === nonces.length) {
    randomFillSync(nonces);
    noncesUsed = 0;
  }
  noncesUsed += NONCE_BYTES;
  return nonces.subarray(noncesUsed - NONCE_BYTES, noncesUsed);
}

/** Derives a key of 32 bytes for one purpose by HKDF (RFC 5869): no derived key reveals anything about another. */
export function deriveKey(masterKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, '', purpose, 32));
}
