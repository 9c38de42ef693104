import { createHmac, timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'uuid';

/** How long a token is valid: enough for a caller to dial several numbers. */
export const TOKEN_VALID_MS = 600_000;

const CARD_BYTES = 16;
const EXPIRY_BYTES = 6;
const SIGNATURE_BYTES = 16;

/** Keys of 32 bytes for signing tokens, and for nothing else. They may change at any time. */
export interface TokenKeys {
  readonly signing: Buffer;
  /** Tokens signed with any of these are valid. */
  readonly accepted: readonly Buffer[];
}

/**
 * Proof that a caller was authenticated, for the calls that follow: the card's id and an expiry, signed. Tokens are not
 * stored, so any instance can check one.
 */
export class CardTokens {
  readonly #keys: TokenKeys;

  constructor(keys: TokenKeys) {
    this.#keys = keys;
  }

  issue(cardId: string, now = Date.now()): string {
    const token = Buffer.alloc(CARD_BYTES + EXPIRY_BYTES);
    token.set(parse(cardId));
    token.writeUIntBE(now + TOKEN_VALID_MS, CARD_BYTES, EXPIRY_BYTES);
    return Buffer.concat([token, sign(token, this.#keys.signing)]).toString('base64url');
  }

  /** The card that a token is for; undefined when the token is invalid or has expired. */
  check(token: string, now = Date.now()): string | undefined {
    const bytes = this.#verified(token);
    return bytes && bytes.readUIntBE(CARD_BYTES, EXPIRY_BYTES) > now ? cardIn(bytes) : undefined;
  }

  /** The card that a token was issued for, even if it has expired since. */
  cardOf(token: string): string | undefined {
    const bytes = this.#verified(token);
    return bytes && cardIn(bytes);
  }

  #verified(token: string): Buffer | undefined {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== CARD_BYTES + EXPIRY_BYTES + SIGNATURE_BYTES) return undefined;
    const signed = bytes.subarray(0, CARD_BYTES + EXPIRY_BYTES);
    const signature = bytes.subarray(signed.length);
    return this.#keys.accepted.some((key) => timingSafeEqual(sign(signed, key), signature))
      ? signed
      : undefined;
  }
}

const cardIn = (signed: Buffer) => stringify(signed.subarray(0, CARD_BYTES));

function sign(bytes: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update(bytes).digest().subarray(0, SIGNATURE_BYTES);
}
