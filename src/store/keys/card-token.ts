import { createHmac, timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'uuid';

/** How long an authentication lasts: enough for a caller to key a number, several times. */
export const TOKEN_VALID_MS = 600_000;

const CARD_BYTES = 16;
const EXPIRY_BYTES = 6;
const SIGNATURE_BYTES = 16;

/** What tokens are signed with: keys of 32 bytes, for nothing else. They may change at any time. */
export interface TokenKeys {
  readonly signing: Buffer;
  /** Under which a token is good. */
  readonly accepted: readonly Buffer[];
}

/**
 * Proof that a caller was authenticated, for the calls that follow: the card's id and an end, signed. It lives in no
 * table, so that any instance can check it.
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

  /** The card that a token is for; undefined when it is not one of ours or no longer valid. */
  check(token: string, now = Date.now()): string | undefined {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== CARD_BYTES + EXPIRY_BYTES + SIGNATURE_BYTES) return undefined;
    const signed = bytes.subarray(0, CARD_BYTES + EXPIRY_BYTES);
    const signature = bytes.subarray(signed.length);
    if (!this.#keys.accepted.some((key) => timingSafeEqual(sign(signed, key), signature))) return undefined;
    if (signed.readUIntBE(CARD_BYTES, EXPIRY_BYTES) <= now) return undefined;
    return stringify(signed.subarray(0, CARD_BYTES));
  }
}

function sign(bytes: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update(bytes).digest().subarray(0, SIGNATURE_BYTES);
}
