import { DIGEST_BYTES } from '../keys/pin-vault.ts';
import type { Transaction } from '../postgres/database.ts';

/** Another key was taken into use after a chunk was made: its PINs must be generated anew, under that key. */
export class KeySuperseded extends Error {}

/** A PIN of a chunk equals that of a card which is still under an earlier key. */
export class PinTaken extends Error {}

interface NewPins {
  readonly keyId: number;
  readonly earlierDigests: Uint8Array;
}

/**
 * Checks that a chunk of new cards may be written. The key in use stays in use until the transaction ends: taking
 * another into use waits, so that no card is written under a superseded key.
 *
 * No two cards have the same PIN, even while two keys are in use: either the other card is still under the earlier key
 * and is found here, or it has been moved, and then the unique index on digests under the new key refuses the
 * duplicate.
 *
 * @throws KeySuperseded, PinTaken
 */
export async function admitNewPins(tx: Transaction, { keyId, earlierDigests }: NewPins): Promise<void> {
  const [inUse] = await tx`
    SELECT FROM key_checks WHERE key_id = ${keyId} AND superseded_at IS NULL FOR SHARE`;
  if (!inUse) throw new KeySuperseded();
  if (earlierDigests.length === 0) return;
  const [taken] = await tx`
    SELECT FROM cards
    WHERE pin_digest IN (
      SELECT substring(d.all_digests FROM n FOR ${DIGEST_BYTES})
      FROM (SELECT ${Buffer.from(earlierDigests)}::bytea AS all_digests) AS d,
        generate_series(1, ${earlierDigests.length}::int, ${DIGEST_BYTES}) AS n)
    LIMIT 1`;
  if (taken) throw new PinTaken();
}
