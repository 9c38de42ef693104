import type { Call, CallRating, GrantLimit } from '../../domain/calls/call.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import type { RatingColumn } from '../schema/calls.ts';

type CallRow = Omit<Call, 'rating' | 'granted'> & {
  rating: RatingColumn | null;
  grantedSeconds: number;
  grantedLimit: GrantLimit;
};

const columns = (sql: Sql | Transaction) => sql`
  id, switch_call_id AS "switchCallId", encode(fingerprint, 'hex') AS fingerprint, card_id AS "cardId",
  batch_id AS "batchId", partner_id AS "partnerId", currency, number, access_number AS "accessNumber", state, refusal,
  rating, request_number AS "requestNumber", answers, used_seconds AS "usedSeconds",
  granted_seconds AS "grantedSeconds", granted_limit AS "grantedLimit", held, charge,
  surcharge_posted AS "surchargePosted", uncollected, terminating, usage_day AS "usageDay", expires_at AS "expiresAt",
  authorized_at AS "authorizedAt", answered_at AS "answeredAt", ended_at AS "endedAt", settled_at AS "settledAt",
  hangup_cause AS "hangupCause"`;

/**
 * The calls that switches' ids stand for, as a query not yet sent: an async function would send it at once, ahead of
 * the locks that are to stand before it.
 */
export function callsQuery(tx: Transaction, switchCallIds: readonly string[]) {
  return tx<CallRow[]>`
    SELECT ${columns(tx)} FROM calls WHERE switch_call_id = ANY(${[...switchCallIds]}::text[])`;
}

export function toCall({ rating, grantedSeconds, grantedLimit, ...row }: CallRow): Call {
  return {
    ...row,
    rating: rating && readRating(rating),
    granted: { seconds: grantedSeconds, limit: grantedLimit },
  };
}

/** A rating as it is stored: amounts are text, since JSON's numbers are floats. */
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

/** What changes of a call after its authorisation. */
function changing(call: Call) {
  return {
    id: call.id,
    state: call.state,
    request_number: call.requestNumber,
    answers: call.answers,
    used_seconds: call.usedSeconds,
    granted_seconds: call.granted.seconds,
    granted_limit: call.granted.limit,
    held: call.held.toString(),
    charge: call.charge.toString(),
    surcharge_posted: call.surchargePosted.toString(),
    uncollected: call.uncollected.toString(),
    terminating: call.terminating,
    usage_day: call.usageDay,
    expires_at: call.expiresAt,
    answered_at: call.answeredAt,
    ended_at: call.endedAt,
    settled_at: call.settledAt,
    hangup_cause: call.hangupCause,
  };
}

/** One parameter for all rows and columns: with an array for each column, writing arrays took longer than all else. */
export function insertCalls(tx: Transaction, calls: readonly Call[]) {
  const rows = calls.map((call) => ({
    ...changing(call),
    switch_call_id: call.switchCallId,
    fingerprint: `\\x${call.fingerprint}`,
    card_id: call.cardId,
    batch_id: call.batchId,
    partner_id: call.partnerId,
    currency: call.currency,
    number: call.number,
    access_number: call.accessNumber,
    refusal: call.refusal,
    destination: call.rating?.destination ?? null,
    rating: call.rating && writeRating(call.rating),
    authorized_at: call.authorizedAt,
  }));
  return tx`INSERT INTO calls SELECT * FROM json_populate_recordset(NULL::calls, ${JSON.stringify(rows)}::text::json)`;
}

export function updateCalls(tx: Transaction, calls: readonly Call[]) {
  return tx`
    UPDATE calls SET
      state = n.state, request_number = n.request_number, answers = n.answers, used_seconds = n.used_seconds,
      granted_seconds = n.granted_seconds, granted_limit = n.granted_limit, held = n.held, charge = n.charge,
      surcharge_posted = n.surcharge_posted, uncollected = n.uncollected, terminating = n.terminating,
      usage_day = n.usage_day, expires_at = n.expires_at, answered_at = n.answered_at, ended_at = n.ended_at,
      settled_at = n.settled_at, hangup_cause = n.hangup_cause
    FROM json_populate_recordset(NULL::calls, ${JSON.stringify(calls.map(changing))}::text::json) AS n
    WHERE calls.id = n.id`;
}

/** A call as the screens read it from its table. */
export function callRow({ rating, granted, fingerprint, ...call }: Call) {
  return {
    ...call,
    fingerprint: Buffer.from(fingerprint, 'hex'),
    destination: rating?.destination ?? null,
    rating: rating && writeRating(rating),
    answers: [...call.answers],
    grantedSeconds: granted.seconds,
    grantedLimit: granted.limit,
  };
}
