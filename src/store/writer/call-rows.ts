import type { Call, CallRating, GrantLimit } from '../../domain/calls/call.ts';
import type { Transaction } from '../postgres/database.ts';
import { TableRows } from '../postgres/table-rows.ts';
import { calls, type RatingColumn } from '../schema/calls.ts';

type CallRow = Omit<Call, 'rating' | 'granted'> & {
  /** For the screens and the reports: a copy of the rating's destination. */
  destination: string | null;
  rating: RatingColumn | null;
  grantedSeconds: number;
  grantedLimit: GrantLimit;
};

type StoredCall = Omit<CallRow, 'destination'>;

const callRows: TableRows<CallRow> = TableRows.of(calls);
const readRows = callRows.omit('destination');
const grant = {
  grantedSeconds: ({ granted }: Call) => granted.seconds,
  grantedLimit: ({ granted }: Call) => granted.limit,
};
const rating = {
  destination: (call: Call) => call.rating?.destination ?? null,
  rating: (call: Call) => call.rating && writeRating(call.rating),
};
const newCalls = callRows.from<Call>({ ...grant, ...rating });
/** What changes in a call after its authorization. A new column is included unless it is named here. */
const callChanges = callRows
  .omit(
    'scope',
    'switchCallId',
    'fingerprint',
    'cardId',
    'batchId',
    'partnerId',
    'currency',
    'number',
    'accessNumber',
    'refusal',
    'destination',
    'rating',
    'authorizedAt',
  )
  .from<Call>(grant);

/**
 * Looks up calls by the switches' ids, as a query not yet sent: an async function would send it at once, ahead of the
 * locks that must precede it.
 */
export function callsQuery(tx: Transaction, names: readonly string[]) {
  const scopes = names.map((name) => name.slice(0, name.indexOf(' ')));
  const ids = names.map((name) => name.slice(name.indexOf(' ') + 1));
  return tx<StoredCall[]>`
    SELECT ${readRows.list(tx)} FROM unnest(${scopes}::text[], ${ids}::text[]) AS named (scope_named, id_named)
    JOIN calls ON call_scope = scope_named AND switch_call_id = id_named`;
}

export function toCall({ rating, grantedSeconds, grantedLimit, ...row }: StoredCall): Call {
  return {
    ...row,
    rating: rating && readRating(rating),
    granted: { seconds: grantedSeconds, limit: grantedLimit },
  };
}

/** A rating as stored: amounts are text, since JSON's numbers are floats. */
export function readRating(stored: RatingColumn): CallRating {
  const { ratePer1e8Minute, connectionFee, minimumCharge, surcharge, maxCharge, ...rating } = stored;
  return {
    ...rating,
    tariff: {
      ratePer1e8Minute: BigInt(ratePer1e8Minute),
      connectionFee: BigInt(connectionFee),
      initialIncrementSeconds: stored.initialIncrementSeconds,
      incrementSeconds: stored.incrementSeconds,
      freeSeconds: stored.freeSeconds,
      minimumCharge: BigInt(minimumCharge),
    },
    surcharge: BigInt(surcharge),
    maxCharge: maxCharge === null ? null : BigInt(maxCharge),
  };
}

function writeRating({ tariff, surcharge, maxCharge, ...rating }: CallRating): RatingColumn {
  return {
    ...rating,
    ratePer1e8Minute: tariff.ratePer1e8Minute.toString(),
    connectionFee: tariff.connectionFee.toString(),
    initialIncrementSeconds: tariff.initialIncrementSeconds,
    incrementSeconds: tariff.incrementSeconds,
    freeSeconds: tariff.freeSeconds ?? 0,
    minimumCharge: (tariff.minimumCharge ?? 0n).toString(),
    surcharge: surcharge.toString(),
    maxCharge: maxCharge?.toString() ?? null,
  };
}

export const insertCalls = newCalls.insert;
export const updateCalls = callChanges.update;

/** A call as the screens read it from its table. */
export function callRow(call: Call) {
  const { granted, fingerprint, ...rest } = call;
  return {
    ...rest,
    fingerprint: Buffer.from(fingerprint, 'hex'),
    destination: rating.destination(call),
    rating: rating.rating(call),
    grantedSeconds: granted.seconds,
    grantedLimit: granted.limit,
  };
}
