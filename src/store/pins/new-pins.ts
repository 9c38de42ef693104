import { DIGEST_BYTES } from '../keys/pin-vault.ts';
import type { Transaction } from '../postgres/database.ts';

/** Another key was taken into use after a chunk was made: its PINs must be drawn anew, under that. */
export class KeySuperseded extends Error {}

/** A PIN of a chunk is that of a card which is still under an earlier key. */
export class PinTaken extends Error {}

interface NewPins {
  readonly keyId: number;
  readonly earlierDigests: Uint8Array;
}

/**
 * Says whether a chunk of new cards may be written. The key in use stays so until the transaction ends: whoever takes
 * another into use waits, so that no card comes under an old key behind its back.
 *
 * No two cards have one PIN, also while they are under two keys: a card is under the earlier one when it is looked for
 * here, or is moved before, and then the unique key of the digests under the new one refuses its twin.
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
