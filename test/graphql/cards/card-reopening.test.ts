import { afterAll, expect, test } from 'vitest';
import {
  ConfirmClockDocument,
  LockCardDocument,
  RechargeCardDocument,
  ReopenCardDocument,
} from '../../../src/client/operations.ts';
import { noteDueCards } from '../../../src/jobs/expiry.ts';
import { verify } from '../../../src/store/verification.ts';
import { CommandWriter } from '../../../src/store/writer/command-writer.ts';
import { firstUseCommand } from '../../../src/store/writer/commands/cards.ts';
import { type ApiCard, euros, newKey, nth, useApi } from '../../harness/api.ts';
import { OPERATOR } from '../../harness/cards.ts';
import { expectForbidden, expectRefusal, succeeded } from '../../harness/refusals.ts';

const api = useApi();
afterAll(async () => {
  expect((await verify(api.db.database.sql)).discrepancies).toEqual([]);
});

/** Lets the time of a card be over, has it closed, and sets its dates right again: the clock was wrong. */
async function closeByMistake(card: ApiCard, before = async (): Promise<unknown> => null): Promise<void> {
  const { sql } = api.db.database;
  const writer = new CommandWriter(sql, { lanes: 1 });
  await writer.run(firstUseCommand(OPERATOR, { cardId: card.uuid, known: false }));
  await before();
  await sql`
    UPDATE cards SET valid_until = now() - interval '2 days',
      grace_until = now() - interval '1 day', due_at = now() - interval '1 day' WHERE id = ${card.uuid}`;
  await noteDueCards({ sql, writer });
  await writer.drained();
  await sql`
    UPDATE cards SET valid_until = now() + interval '20 days', grace_until = now() + interval '27 days',
      closed_at = now() + interval '365 days' WHERE id = ${card.uuid}`;
}

const reopen = (card: ApiCard, given: { validUntil?: string; key?: string } = {}, by = api.administrator) =>
  by.request(ReopenCardDocument, {
    input: {
      card: { id: card.id },
      reason: 'The clock was wrong',
      idempotencyKey: given.key ?? newKey(),
      ...(given.validUntil && { validUntil: given.validUntil }),
    },
  });

test('a card that was closed by mistake comes back with its balance and its lock, once', async () => {
  const card = nth(await api.cards({ count: 1, type: 'RECHARGEABLE' }), 0);
  const lock = { card: { id: card.id }, reason: 'REPORTED_LOST' } as const;
  await closeByMistake(card, () => api.administrator.request(LockCardDocument, { input: lock }));
  await expectForbidden(api, () => reopen(card, {}, api.partner.client));
  const key = newKey();
  for (let times = 0; times < 2; times += 1) {
    const { card: opened } = succeeded((await reopen(card, { key })).result);
    expect(opened).toMatchObject({ id: card.id, state: 'LOCKED', balance: euros('5.00') });
  }
  await expectRefusal(api, 'CARD_NOT_CLOSED', () => reopen(card), { remembersKey: true });
  const { sql } = api.db.database;
  const kinds =
    await sql`SELECT kind, amount FROM transfers WHERE card_id = ${card.uuid} ORDER BY card_version`;
  expect(kinds).toEqual([
    { kind: 'ISSUE', amount: 5_000_000n },
    { kind: 'FORFEITURE', amount: 5_000_000n },
    { kind: 'FORFEITURE_REVERSAL', amount: 5_000_000n },
  ]);
  const [event] = await sql`
    SELECT type, payload->>'change' AS change FROM events WHERE card_id = ${card.uuid} ORDER BY position DESC LIMIT 1`;
  expect(event).toEqual({ type: 'CARD_REOPENED', change: '5.00' });
});

test('one whose time is over by now needs a later end, and is then used as before', async () => {
  const card = nth(await api.cards({ count: 1, type: 'RECHARGEABLE' }), 0);
  await closeByMistake(card);
  await api.db.database.sql`
    UPDATE cards SET valid_until = now() - interval '2 days', grace_until = now() - interval '1 day' WHERE id = ${card.uuid}`;
  await expectRefusal(api, 'INVALID_INPUT', () => reopen(card), { remembersKey: true });
  const validUntil = new Date(Date.now() + 86_400_000).toISOString();
  const { card: opened } = succeeded((await reopen(card, { validUntil })).result);
  expect(opened).toMatchObject({ state: 'ACTIVE' });
  const recharge = { card: { id: card.id }, amount: euros('1'), idempotencyKey: newKey() };
  succeeded((await api.administrator.request(RechargeCardDocument, { input: recharge })).result);
});

test('an administrator confirms the clock with the time; another time is refused', async () => {
  const confirm = (at: number, by = api.administrator) =>
    by.request(ConfirmClockDocument, { now: new Date(at).toISOString() });
  await expectForbidden(api, () => confirm(Date.now(), api.partner.client));
  await expectRefusal(api, 'INVALID_INPUT', () => confirm(Date.now() + 86_400_000));
  const { confirmedAt } = succeeded((await confirm(Date.now())).result);
  expect(Math.abs(Date.parse(`${confirmedAt}`) - Date.now())).toBeLessThan(300_000);
});
