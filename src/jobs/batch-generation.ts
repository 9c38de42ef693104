import type { BatchState } from '../domain/batches/card-batch.ts';
import type { PinFormat } from '../domain/batches/pin-format.ts';
import { SYSTEM_ACTOR } from '../domain/event.ts';
import { addDays } from '../domain/values/calendar.ts';
import { COPY_CARDS, endBatch } from '../store/batches/card-batches.ts';
import { CardMaker } from '../store/batches/card-maker.ts';
import type { ChunkOrder, MadeChunk } from '../store/batches/card-row-encoder.ts';
import { appendEvents } from '../store/events/event-log.ts';
import type { KeyRing } from '../store/keys/key-ring.ts';
import { admitNewPins, KeySuperseded, PinTaken } from '../store/pins/new-pins.ts';
import { Claimant, claimantIsGone } from '../store/postgres/claimant.ts';
import { CopyRefused, copyIn } from '../store/postgres/copy-in.ts';
import type { Sql, Transaction } from '../store/postgres/database.ts';
import { isFaultOfData, isUniqueViolation } from '../store/postgres/database-errors.ts';

/** Cards per transaction: about a tenth of a second of database time. */
const CHUNK = 10_000;
/** How long a claim lasts without a new chunk while the claimant's session is open: a dead machine leaves it open. */
const CLAIM_SECONDS = 30;
/** Attempts per chunk. A drawn PIN is already taken in under one chunk in a hundred of the densest format allowed. */
const TRIES = 20;
/** How long to wait before a failed batch is retried; the batches behind it are generated meanwhile. */
const STAND_BACK_SECONDS = 30;
const PINS_TOO_RARE = 'Free PINs became too rare in this format: order the rest in a longer one.';

interface GenerationOptions {
  readonly sql: Sql;
  readonly keys: KeyRing;
  /** A direct connection to the same database, whose session shows that the claimant is alive. */
  readonly directUrl: string;
}

interface ClaimedBatch {
  readonly id: string;
  readonly claimedBy: string;
  readonly partnerId: string | null;
  readonly quantity: number;
  readonly made: number;
  readonly currency: string;
  readonly graceDays: number;
  readonly firstUseBy: Date | null;
  readonly serialPrefix: string;
  readonly serialStart: bigint;
  readonly startedAt: Date;
  readonly createdBy: string;
  readonly pinFormat: PinFormat;
}

/** Thrown inside a chunk's transaction when this instance no longer holds the claim on the batch. */
class ClaimLost extends Error {}

/**
 * Generates the cards of ordered batches.
 *
 * One instance at a time claims a batch, by the database's clock. Cards are generated in chunks: COPY writes the rows in
 * the same transaction that counts them in `made` and appends the progress event. So a crash at any point leaves whole
 * chunks and an exact count, and the next claimant continues at the next serial: at once if the session of the dead
 * instance has ended, otherwise after half a minute. While one chunk is copied, a worker thread makes the next.
 */
export class BatchGeneration {
  readonly #sql: Sql;
  readonly #keys: KeyRing;
  readonly #directUrl: string;
  #maker: CardMaker | undefined;

  constructor({ sql, keys, directUrl }: GenerationOptions) {
    this.#sql = sql;
    this.#keys = keys;
    this.#directUrl = directUrl;
  }

  /** Generates all unclaimed batches, one after another, until none is left or the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const [free] = await this.#sql`SELECT FROM card_batches WHERE ${this.#isFree()} LIMIT 1`;
    if (!free || signal.aborted) return;
    const claimant = await Claimant.open(this.#directUrl);
    try {
      for (;;) {
        const batch = signal.aborted ? undefined : await this.#claim(claimant);
        if (!batch) break;
        await this.#generate(batch, signal);
      }
    } finally {
      await this.#maker?.close();
      this.#maker = undefined;
      await claimant.close();
    }
  }

  #isFree() {
    return this.#sql`state IN ('PENDING', 'GENERATING') AND (
      claimed_until IS NULL OR claimed_until < clock_timestamp() OR ${claimantIsGone(this.#sql)})`;
  }

  async #claim({ id }: Claimant): Promise<ClaimedBatch | undefined> {
    const [row] = await this.#sql<(Omit<ClaimedBatch, 'pinFormat'> & { format: PinFormat })[]>`
      UPDATE card_batches SET state = 'GENERATING', claimed_by = ${id},
        claimed_until = clock_timestamp() + make_interval(secs => ${CLAIM_SECONDS}),
        started_at = coalesce(started_at, clock_timestamp())
      WHERE id = (
        SELECT id FROM card_batches WHERE ${this.#isFree()} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
      )
      RETURNING id, claimed_by AS "claimedBy", partner_id AS "partnerId", quantity, made, currency, grace_days AS "graceDays",
        first_use_by AS "firstUseBy", serial_prefix AS "serialPrefix", serial_start AS "serialStart",
        started_at AS "startedAt", created_by AS "createdBy",
        json_build_object('length', pin_length, 'alphabet', pin_alphabet, 'prefix', pin_prefix, 'suffix', pin_suffix,
          'checkDigit', pin_check_digit) AS format`;
    return row && { ...row, pinFormat: row.format };
  }

  async #generate(batch: ClaimedBatch, signal: AbortSignal): Promise<void> {
    let made = batch.made;
    let next = this.#make(batch, made);
    try {
      while (made < batch.quantity) {
        const count = Math.min(CHUNK, batch.quantity - made);
        const chunk = await next;
        const after = made + count;
        if (after < batch.quantity && !signal.aborted) next = this.#make(batch, after);
        await this.#write(batch, { made, count, chunk }, next);
        made = after;
        if (signal.aborted && made < batch.quantity) return await this.#release(batch, 0);
      }
    } catch (error) {
      if (error instanceof ClaimLost) return;
      await this.#release(batch, STAND_BACK_SECONDS).catch(() => {});
      throw error;
    } finally {
      await next.catch(() => {});
    }
  }

  #make(batch: ClaimedBatch, made: number): Promise<MadeChunk> {
    this.#maker ??= new CardMaker(this.#keys.inUse);
    return this.#maker.make(chunkOf(batch, made));
  }

  /** The chunk made meanwhile uses the old key too, which is detected when it is written. */
  async #changeKey(): Promise<void> {
    await this.#keys.refresh();
    await this.#maker?.close();
    this.#maker = undefined;
  }

  /**
   * Writes a chunk. If one of its PINs is taken, or another key came into use, the chunk is made again, after the maker
   * has finished the next one. Rows that would be refused at every attempt fail the batch with the reason; any other
   * error, such as a full disk, may be temporary.
   */
  async #write(
    batch: ClaimedBatch,
    { made, count, chunk }: { made: number; count: number; chunk: MadeChunk },
    busy: Promise<unknown>,
  ): Promise<void> {
    let drawn = chunk;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#sql.begin((tx) => this.#writeOnce(tx, batch, { made, count, chunk: drawn }));
        return;
      } catch (error) {
        const cause = error instanceof CopyRefused ? error.cause : undefined;
        const drawAgain = error instanceof PinTaken || error instanceof KeySuperseded;
        if (!drawAgain && !isUniqueViolation(cause, 'cards_pin_digest_key')) {
          if (isFaultOfData(cause)) return this.#fail(batch, (error as CopyRefused).message);
          throw error;
        }
        if (attempt === TRIES) return this.#fail(batch, PINS_TOO_RARE);
        await busy;
        if (error instanceof KeySuperseded) await this.#changeKey();
        drawn = await this.#make(batch, made);
      }
    }
  }

  async #writeOnce(
    tx: Transaction,
    batch: ClaimedBatch,
    { made, count, chunk }: { made: number; count: number; chunk: MadeChunk },
  ): Promise<void> {
    const [mine] = await tx`
      SELECT FROM card_batches
      WHERE id = ${batch.id} AND state = 'GENERATING' AND claimed_by = ${batch.claimedBy} AND made = ${made} FOR UPDATE`;
    if (!mine) throw new ClaimLost();
    await admitNewPins(tx, chunk);
    await copyIn(tx.unsafe(COPY_CARDS), chunk.rows);
    const ready = made + count === batch.quantity;
    await tx`
      UPDATE card_batches SET made = made + ${count}, state = ${ready ? 'READY' : 'GENERATING'},
        claimed_until = CASE WHEN ${ready} THEN NULL
          ELSE clock_timestamp() + make_interval(secs => ${CLAIM_SECONDS}) END,
        claimed_by = CASE WHEN ${ready} THEN NULL ELSE claimed_by END,
        finished_at = CASE WHEN ${ready} THEN clock_timestamp() END
      WHERE id = ${batch.id}`;
    await appendEvents(tx, [progress(batch, ready ? 'READY' : 'GENERATING', made + count)]);
  }

  async #fail(batch: ClaimedBatch, failure: string): Promise<never> {
    await this.#sql.begin(async (tx) => {
      await tx`SELECT FROM card_batches WHERE id = ${batch.id} FOR UPDATE`;
      await endBatch(tx, batch.id, { state: 'FAILED', failure });
      const [now] = await tx<{ made: number }[]>`SELECT made FROM card_batches WHERE id = ${batch.id}`;
      await appendEvents(tx, [progress(batch, 'FAILED', now?.made ?? 0)]);
    });
    throw new ClaimLost();
  }

  /** Releases the claim; any instance may take the batch after the given time. */
  async #release({ id, claimedBy }: ClaimedBatch, seconds: number): Promise<void> {
    await this.#sql`
      UPDATE card_batches SET claimed_by = NULL, claimed_until = clock_timestamp() + make_interval(secs => ${seconds})
      WHERE id = ${id} AND claimed_by = ${claimedBy}`;
  }
}

function chunkOf(batch: ClaimedBatch, made: number): ChunkOrder {
  const { firstUseBy, graceDays } = batch;
  return {
    batchId: batch.id,
    partnerId: batch.partnerId,
    currency: batch.currency,
    serialPrefix: batch.serialPrefix,
    firstNumber: Number(batch.serialStart) + made,
    count: Math.min(CHUNK, batch.quantity - made),
    pinFormat: batch.pinFormat,
    validUntilMs: firstUseBy?.getTime() ?? null,
    graceUntilMs: firstUseBy && addDays(firstUseBy, graceDays).getTime(),
    createdAtMs: Date.now(),
  };
}

function progress(batch: ClaimedBatch, state: BatchState, made: number) {
  return {
    type: 'BATCH_PROGRESS' as const,
    actorId: SYSTEM_ACTOR,
    batchId: batch.id,
    ...(batch.partnerId !== null && { partnerId: batch.partnerId }),
    payload: { state, made, quantity: batch.quantity, startedAt: batch.startedAt.toISOString() },
  };
}
