import { beforeAll, expect, test } from 'vitest';
import type { Call } from '../../../src/domain/calls/call.ts';
import type { Card } from '../../../src/domain/cards/card.ts';
import { cardRows, termsRows } from '../../../src/store/postgres/rows.ts';
import { callsQuery, insertCalls, toCall, updateCalls } from '../../../src/store/writer/call-rows.ts';
import { callName } from '../../../src/store/writer/needs.ts';
import { makeActiveCards } from '../../harness/cards.ts';
import { useDatabase } from '../../harness/database.ts';

const db = useDatabase();
let card: Card;
beforeAll(async () => {
  const [made] = (await makeActiveCards(db.database.sql, { count: 1 })).cards;
  card = (await cardRows.find(db.database.sql, made?.id ?? '')) as Card;
});

const AT = new Date('2026-11-30T12:34:56.789Z');

test('every column of a card is read back as it was written, nulls and values alike', async () => {
  const { sql } = db.database;
  const id = 'aaaaaaaa-0000-7000-8000-000000000000';
  const full: Card = {
    ...card,
    partnerId: id,
    batchIndex: 7,
    faceValue: 12n,
    balance: 9_007_199_254_740_993n,
    held: 1n,
    callsInProgress: 2,
    usageDay: '2026-11-30',
    usageDaySeconds: 3,
    usageMonthSeconds: 4,
    rechargedOn: '2026-11-29',
    rechargedToday: 5n,
    version: card.version + 1,
    firstUsedAt: AT,
    validUntil: AT,
    graceUntil: AT,
    lockedAt: AT,
    lockReason: 'OPERATOR',
    unlockAt: AT,
    lockedById: id,
    nextFeeAt: AT,
    dueAt: AT,
    closedAt: AT,
    replacedById: id,
    replacesId: id,
    ownValidityDays: 30,
    ownGraceDays: 6,
    ownMaxBoundNumbers: 8,
    ownMaxConcurrentCalls: 9,
  };
  expect(Object.values(full)).not.toContain(null);
  expect(cardRows.areEqual(full, { ...full, dueAt: new Date(AT) })).toBe(true);
  for (const written of [full, card]) {
    await cardRows.update(sql, [written]);
    expect(await cardRows.find(sql, card.id)).toEqual(written);
    expect(cardRows.areEqual(written, full)).toBe(written === full);
  }
});

test('a running number is a number, as the schema says', async () => {
  const terms = await termsRows.find(db.database.sql, card.batchId);
  expect(terms?.serialStart).toBeTypeOf('number');
  expect(terms?.faceValue).toBeTypeOf('bigint');
});

test('a call is read back as it was written, when it begins and when it has changed', async () => {
  const { sql } = db.database;
  const call: Call = {
    id: 'cccccccc-0000-7000-8000-000000000000',
    scope: 'group:default',
    switchCallId: 'a "quoted" \\ id, {with} commas',
    fingerprint: 'ab'.repeat(32),
    cardId: card.id,
    batchId: card.batchId,
    partnerId: null,
    currency: 'EUR',
    number: '+390655501234',
    accessNumber: null,
    state: 'AUTHORIZED',
    refusal: null,
    rating: null,
    requestNumber: 0,
    answers: [],
    usedSeconds: 0,
    granted: { seconds: 60, limit: 'BALANCE' },
    held: 100n,
    charge: 0n,
    surchargePosted: 0n,
    uncollected: 0n,
    terminating: false,
    usageDay: null,
    expiresAt: AT,
    authorizedAt: AT,
    answeredAt: null,
    endedAt: null,
    settledAt: null,
    hangupCause: null,
  };
  const stored = () => sql.begin(async (tx) => (await callsQuery(tx, [callName(call)])).map(toCall));
  await sql.begin((tx) => insertCalls(tx, [call]));
  expect(await stored()).toEqual([call]);
  const later: Call = {
    ...call,
    terminating: true,
    usedSeconds: 42,
    granted: { seconds: 30, limit: 'CALL_SECONDS' },
    usageDay: '2026-11-30',
    answeredAt: AT,
    hangupCause: 'it said "bye"',
  };
  await sql.begin((tx) => updateCalls(tx, [later]));
  expect(await stored()).toEqual([later]);
});
