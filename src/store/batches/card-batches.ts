import type { BatchOrder } from '../../domain/batches/batch-order.ts';
import { type BatchState, checkBatchOrder } from '../../domain/batches/card-batch.ts';
import { cardsAllowed, formatName, tooDense } from '../../domain/batches/pin-format.ts';
import { SERIAL_NUMBERS, serialKey } from '../../domain/cards/serial.ts';
import { BatchAlreadyFinished } from '../../domain/rejections/batches.ts';
import { CurrencyMismatch, InvalidInput, NotFound } from '../../domain/rejections/input.ts';
import { RateGroupNotAllowed } from '../../domain/rejections/partners.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { newId } from '../postgres/new-id.ts';
import { columnNames, TableRows } from '../postgres/table-rows.ts';
import { cardBatches } from '../schema/batches.ts';
import { cards } from '../schema/cards.ts';
import { CARD_COLUMNS } from './card-row-encoder.ts';

/** The columns of a batch that the order sets; the others start with the defaults of the schema. */
const newBatches = TableRows.of(cardBatches).omit(
  'state',
  'made',
  'isImported',
  'failure',
  'claimedBy',
  'claimedUntil',
  'startedAt',
  'finishedAt',
  'exportedAt',
  'createdAt',
);

/** Receives the rows of a finished chunk: see card-row-encoder.ts. */
export const COPY_CARDS = `COPY cards (${columnNames(cards, CARD_COLUMNS)}) FROM STDIN (FORMAT binary)`;

/**
 * Orders a batch: reserves its PINs and its range of serials. Any free instance makes the cards.
 *
 * @returns the id of the batch, which is PENDING
 * @throws InvalidInput, InvalidAmount, NotFound, CurrencyMismatch, PinFormatTooDense
 */
export async function createCardBatch(sql: Sql, requested: BatchOrder, actorId: string): Promise<string> {
  const order = checkBatchOrder(requested, new Date());
  return sql.begin(async (tx) => {
    await refuseMismatch(tx, order);
    await reservePins(tx, order);
    const serialStart = await reserveSerials(tx, order);
    const id = await insertBatch(tx, order, serialStart, actorId);
    await appendEvents(tx, [
      {
        type: 'BATCH_CREATED',
        actorId,
        batchId: id,
        ...(order.partnerId !== null && { partnerId: order.partnerId }),
        payload: { state: 'PENDING', made: 0, quantity: order.quantity, name: order.name },
      },
    ]);
    return id;
  });
}

/**
 * Cancels a batch that is being made. Cards made so far stay; the PINs not made return to the format's budget.
 *
 * @throws NotFound, BatchAlreadyFinished
 */
export async function cancelCardBatch(sql: Sql, id: string, actorId: string): Promise<void> {
  await sql.begin(async (tx) => {
    const [batch] = await tx<
      { state: BatchState; made: number; quantity: number; partnerId: string | null }[]
    >`
      SELECT state, made, quantity, partner_id AS "partnerId" FROM card_batches WHERE id = ${id} FOR UPDATE`;
    if (!batch) throw new NotFound({ what: 'batch', reference: id });
    const { state, made, quantity, partnerId } = batch;
    if (state !== 'PENDING' && state !== 'GENERATING') throw new BatchAlreadyFinished({ state });
    await endBatch(tx, id, { state: 'CANCELLED' });
    await appendEvents(tx, [
      {
        type: 'BATCH_PROGRESS',
        actorId,
        batchId: id,
        ...(partnerId !== null && { partnerId }),
        payload: { state: 'CANCELLED', made, quantity },
      },
    ]);
  });
}

/** Ends a batch whose row is locked, and releases the PINs that it reserved and did not use. */
export async function endBatch(
  tx: Transaction,
  id: string,
  { state, failure = null }: { state: BatchState; failure?: string | null },
): Promise<void> {
  await tx`
    UPDATE pin_formats SET issued = issued - (b.quantity - b.made)
    FROM card_batches b WHERE b.id = ${id} AND pin_formats.format = b.pin_format AND b.made < b.quantity`;
  await tx`
    UPDATE card_batches SET state = ${state}, failure = ${failure}, finished_at = clock_timestamp(),
      claimed_by = NULL, claimed_until = NULL
    WHERE id = ${id}`;
}

/**
 * The locks keep what the batch refers to from being removed until the end of the transaction.
 *
 * @throws NotFound, CurrencyMismatch, RateGroupNotAllowed
 */
export async function refuseMismatch(
  tx: Sql | Transaction,
  { rateGroupId, overflowRateGroupId, partnerId, currency }: Omit<BatchOrder, 'pinFormat' | 'quantity'>,
): Promise<void> {
  if (overflowRateGroupId !== null) await refuseOtherCurrency(tx, overflowRateGroupId, currency);
  await refuseOtherCurrency(tx, rateGroupId, currency);
  if (partnerId === null) return;
  const [partner] = await tx<{ currency: string; allowed: string[] | null }[]>`
    SELECT currency, allowed_rate_group_ids AS allowed FROM partners WHERE id = ${partnerId} FOR KEY SHARE`;
  if (!partner) throw new NotFound({ what: 'partner', reference: partnerId });
  for (const id of [rateGroupId, overflowRateGroupId ?? rateGroupId]) {
    if (partner.allowed && !partner.allowed.includes(id)) throw new RateGroupNotAllowed({ rateGroupId: id });
  }
  if (partner.currency !== currency)
    throw new CurrencyMismatch({ expected: partner.currency, given: currency });
}

async function refuseOtherCurrency(
  tx: Sql | Transaction,
  rateGroupId: string,
  currency: string,
): Promise<void> {
  const [group] = await tx<
    { currency: string }[]
  >`SELECT currency FROM rate_groups WHERE id = ${rateGroupId} FOR KEY SHARE`;
  if (!group) throw new NotFound({ what: 'rate group', reference: rateGroupId });
  if (group.currency !== currency) throw new CurrencyMismatch({ expected: group.currency, given: currency });
}

/** One statement both counts and refuses, so that two concurrent batches can't exceed the limit of a format. */
async function reservePins(tx: Transaction, { pinFormat, quantity }: BatchOrder): Promise<void> {
  const allowed = cardsAllowed(pinFormat);
  const name = formatName(pinFormat);
  await tx`INSERT INTO pin_formats (format, issued) VALUES (${name}, 0) ON CONFLICT DO NOTHING`;
  const [reserved] = await tx`
    UPDATE pin_formats SET issued = issued + ${quantity}
    WHERE format = ${name} AND (issued + ${quantity})::numeric <= ${allowed.toString()}::numeric RETURNING 1`;
  if (reserved) return;
  const [present] = await tx<{ issued: bigint }[]>`SELECT issued FROM pin_formats WHERE format = ${name}`;
  throw tooDense(pinFormat, (present?.issued ?? 0n) + BigInt(quantity));
}

/**
 * @returns the running number of the first serial
 * @throws InvalidInput when the prefix has no numbers left: imported serials may have used the last ones
 */
export async function reserveSerials(
  tx: Transaction,
  { serialPrefix, quantity }: Pick<BatchOrder, 'serialPrefix' | 'quantity'>,
): Promise<number> {
  // One counter for all spellings of a prefix: A-0000000001 and A0000000001 are the same serial.
  const key = serialKey(serialPrefix);
  const [counter] = await tx<{ start: bigint }[]>`
    INSERT INTO serial_counters AS s (prefix, next)
    SELECT ${key}, coalesce(max(next), 1) + ${quantity} FROM serial_counters WHERE replace(prefix, '-', '') = ${key}
    ON CONFLICT (prefix) DO UPDATE SET next = greatest(s.next, excluded.next - ${quantity}) + ${quantity}
    RETURNING next - ${quantity} AS start`;
  const start = Number(counter?.start ?? 1n);
  if (start + quantity <= SERIAL_NUMBERS) return start;
  throw new InvalidInput({ field: 'serialPrefix', problem: 'has no serials left: choose another.' });
}

export async function insertBatch(
  tx: Transaction,
  order: BatchOrder,
  serialStart: number,
  actorId: string,
): Promise<string> {
  const { pinFormat, ...terms } = order;
  const id = newId();
  const row = {
    ...terms,
    id,
    pinFormat: formatName(pinFormat),
    pinLength: pinFormat.length,
    pinAlphabet: pinFormat.alphabet,
    pinPrefix: pinFormat.prefix,
    pinSuffix: pinFormat.suffix,
    pinCheckDigit: pinFormat.checkDigit,
    serialStart,
    createdBy: actorId,
  };
  await newBatches.insert(tx, [row]);
  return id;
}
