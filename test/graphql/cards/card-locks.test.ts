import { describe, expect, test } from 'vitest';
import type { Client } from '../../../src/client/client.ts';
import {
  CardLockChangedDocument,
  type CardReference,
  LockCardDocument,
  type LockCardInput,
  UnlockCardDocument,
  type UnlockCardInput,
} from '../../../src/client/operations.ts';
import { type ApiCard, nth, useApi } from '../../harness/api.ts';
import { BEGINNING } from '../../harness/batches.ts';
import { expectForbidden, expectRefusal, snapshot, succeeded } from '../../harness/refusals.ts';

const api = useApi();

const byId = ({ id }: ApiCard): CardReference => ({ id });

const lock = (card: CardReference, given: Partial<LockCardInput> = {}, by: Client = api.administrator) =>
  by.request(LockCardDocument, { input: { card, reason: 'OPERATOR', ...given } });

const unlock = (card: CardReference, given: Partial<UnlockCardInput> = {}, by: Client = api.administrator) =>
  by.request(UnlockCardDocument, { input: { card, ...given } });

/** A card whose validity and grace are over, whether or not the job has come by. */
async function endedCard(): Promise<ApiCard> {
  const card = nth(await api.cards({ count: 1 }), 0);
  await api.db.database.sql`
    UPDATE cards SET valid_until = now() - interval '2 days', grace_until = now() - interval '1 day'
    WHERE id = ${card.uuid}`;
  return card;
}

test('a lock holds until it is taken away, and both are published live, in order, with reason and note', async () => {
  const card = nth(api.partner.batch, 0);
  const locked = succeeded(
    (await lock({ serial: card.serial }, { reason: 'REPORTED_LOST', note: 'Called at noon' })).result,
  );
  expect(locked.card).toMatchObject({ state: 'LOCKED', lock: { reason: 'REPORTED_LOST', unlockAt: null } });
  const unlocked = succeeded((await unlock(byId(card), { note: 'Found' })).result);
  expect(unlocked.card).toMatchObject({ state: 'ACTIVE', lock: null, version: locked.card.version + 1 });

  const told = [];
  const watched = { cardIds: [card.id], after: BEGINNING };
  for await (const { cardLockChanged } of api.partner.client.subscribe(CardLockChangedDocument, watched)) {
    told.push(cardLockChanged);
    if (!cardLockChanged.locked) break;
  }
  const serials = { from: card.serial, to: card.serial, count: 1 };
  expect(told).toMatchObject([
    { locked: true, reason: 'REPORTED_LOST', note: 'Called at noon', serials, card: { cardId: card.id } },
    { locked: false, reason: 'REPORTED_LOST', note: 'Found', serials },
  ]);
});

test('a lock with an end is over when its time has come', async () => {
  const card = nth(api.partner.batch, 1);
  const unlockAt = new Date(Date.now() + 86_400_000).toISOString();
  const locked = succeeded((await lock(byId(card), { unlockAt }, api.partner.client)).result);
  expect(locked.card.lock).toEqual({ reason: 'OPERATOR', unlockAt });
  await api.db.database.sql`
    UPDATE cards SET locked_at = now() - interval '2 days', unlock_at = now() - interval '1 day', due_at = NULL
    WHERE id = ${card.uuid}`;
  await expectRefusal(api, 'CARD_NOT_LOCKED', () => unlock(byId(card)));
  succeeded((await lock(byId(card))).result);
});

test('a lock can’t end on a day that there is not', async () => {
  const card = nth(api.partner.batch, 2);
  const before = await snapshot(api.db.database.sql);
  for (const day of ['2027-02-30', '2027-02-29', '2027-04-31', '2027-13-01', '2027-00-10', '2027-01-00']) {
    await expect(lock(byId(card), { unlockAt: `${day}T00:00:00Z` })).rejects.toThrow(
      'A DateTime is ISO 8601',
    );
  }
  expect(await snapshot(api.db.database.sql)).toEqual(before);
  const leap = succeeded((await lock(byId(card), { unlockAt: '2028-02-29T23:00:00-05:00' })).result);
  expect(leap.card.lock?.unlockAt).toBe('2028-03-01T04:00:00.000Z');
  succeeded((await unlock(byId(card))).result);
});

describe('lockCard is refused by name and changes nothing', () => {
  test('when the card or the request does not fit', async () => {
    const card = byId(nth(api.partner.batch, 2));
    const ended = byId(await endedCard());
    const past = '2020-01-01T00:00:00Z';
    await expectRefusal(api, 'INVALID_INPUT', () => lock(card, { unlockAt: past }));
    await expectRefusal(api, 'INVALID_INPUT', () => lock(card, { note: '  ' }));
    await expectRefusal(api, 'INVALID_INPUT', () => lock(card, { note: 'x'.repeat(501) }));
    await expectRefusal(api, 'INVALID_PHONE_NUMBER', () => lock({ boundNumber: '12' }));
    await expectRefusal(api, 'NOT_FOUND', () => lock({ boundNumber: '+390612345678' }));
    await expectRefusal(api, 'NOT_FOUND', () => lock({ serial: 'T0-0000000000' }));
    await expectRefusal(api, 'CARD_CLOSED', () => lock(ended));
    succeeded((await lock(card, { reason: 'SUSPECTED_FRAUD' })).result);
    const refused = await expectRefusal(api, 'CARD_ALREADY_LOCKED', () => lock(card));
    expect(refused.message).toContain('SUSPECTED_FRAUD');
  });

  test('when the card is another’s, in the same words as when there is none; by a switch', async () => {
    const { client } = api.partner;
    const foreign = nth(api.rival.batch, 0);
    await expectRefusal(api, 'NOT_FOUND', () => lock(byId(foreign), {}, client));
    const there = await expectRefusal(api, 'NOT_FOUND', () => lock({ serial: foreign.serial }, {}, client));
    const missing = foreign.serial.replace(/\d$/, '9');
    const none = await expectRefusal(api, 'NOT_FOUND', () => lock({ serial: missing }, {}, client));
    expect(there.message.replace(foreign.serial, '…')).toBe(none.message.replace(missing, '…'));
    await expectForbidden(api, () => lock(byId(foreign), {}, api.ivr));
  });
});

describe('unlockCard is refused by name and changes nothing', () => {
  test('when the card or the request does not fit', async () => {
    const card = byId(nth(api.partner.batch, 3));
    await expectRefusal(api, 'CARD_NOT_LOCKED', () => unlock(card));
    await expectRefusal(api, 'INVALID_INPUT', () => unlock(card, { note: '' }));
    await expectRefusal(api, 'INVALID_PHONE_NUMBER', () => unlock({ boundNumber: 'none' }));
    const ended = byId(await endedCard());
    await expectRefusal(api, 'CARD_CLOSED', () => unlock(ended));
  });

  test('when the card is another’s; by a switch', async () => {
    const card = byId(nth(api.rival.batch, 1));
    succeeded((await lock(card, {}, api.rival.client)).result);
    await expectRefusal(api, 'NOT_FOUND', () => unlock(card, {}, api.partner.client));
    await expectForbidden(api, () => unlock(card, {}, api.ivr));
    succeeded((await unlock(card, {}, api.rival.client)).result);
  });
});
