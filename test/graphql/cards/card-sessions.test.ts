import { describe, expect, test, vi } from 'vitest';
import { createClient } from '../../../src/client/client.ts';
import {
  AuthenticateCardDocument,
  CardBalanceChangedDocument,
  CardDocument,
  CardsDocument,
  LockCardDocument,
  NodeDocument,
  OwnCardDocument,
  RechargeCardDocument,
} from '../../../src/client/operations.ts';
import { type ApiCard, euros, newKey, nth, useApi } from '../../harness/api.ts';
import { expectForbidden, failure, succeeded } from '../../harness/refusals.ts';

const api = useApi();

let number = 0;

/** A client in the session that an authentication by a bound number opened. */
async function sessionOf(card: ApiCard) {
  number += 1;
  const ani = `+39065551${String(number).padStart(3, '0')}`;
  await api.db.database.sql`
    INSERT INTO number_bindings (number, card_id, created_at) VALUES (${ani}, ${card.uuid}, now())`;
  const { result } = await api.ivr.request(AuthenticateCardDocument, { input: { by: { ani } } });
  return createClient({ url: api.url, key: succeeded(result).token });
}

describe("a cardholder's session", () => {
  test('shows its own card, its transfers and calls, and nothing of anybody else', async () => {
    const [own, other] = [nth(api.partner.batch, 0), nth(api.partner.batch, 1)];
    const client = await sessionOf(own);
    const { viewer } = await client.request(OwnCardDocument);
    expect(viewer).toMatchObject({ role: 'CARDHOLDER', name: own.serial, card: { id: own.id } });
    const transfers = viewer.card?.statement.edges.map(({ node }) => node) ?? [];
    expect(transfers.map(({ kind }) => kind)).toEqual(['ISSUE']);

    expect((await client.request(NodeDocument, { id: own.id })).node).toMatchObject({ id: own.id });
    const transfer = transfers[0]?.id ?? '';
    expect((await client.request(NodeDocument, { id: transfer })).node).toMatchObject({ id: transfer });
    for (const id of [other.id, api.partner.id, api.partner.batch.id, api.rival.id]) {
      expect((await client.request(NodeDocument, { id })).node).toBeNull();
    }
    await expectForbidden(api, () => client.request(CardsDocument, { first: 10 }));
    const recharge = { card: { id: own.id }, amount: euros('5'), idempotencyKey: newKey() };
    await expectForbidden(api, () => client.request(RechargeCardDocument, { input: recharge }));
    // The partner who sells it is none of a caller's business.
    await expectForbidden(api, () => client.request(CardDocument, { by: { id: own.id } }));
  });

  test('watches its own card only', async () => {
    const [own, other] = [nth(api.partner.batch, 2), nth(api.partner.batch, 3)];
    const client = await sessionOf(own);
    const watch = client.subscribe(CardBalanceChangedDocument, {});
    const first = watch.next();
    const recharge = (card: ApiCard) =>
      api.administrator.request(RechargeCardDocument, {
        input: { card: { id: card.id }, amount: euros('5'), idempotencyKey: newKey() },
      });
    await vi.waitFor(async () => {
      await recharge(other);
      await recharge(own);
      const { value } = await Promise.race([first, Promise.reject(new Error('Nothing yet.'))]);
      expect(value?.cardBalanceChanged.card?.cardId).toBe(own.id);
    }, 20_000);
    await watch.return?.();
    for (const named of [{ cardIds: [other.id] }, { batchId: api.partner.batch.id }]) {
      const stolen = client.subscribe(CardBalanceChangedDocument, named);
      expect(await failure(() => stolen.next())).toBe('NOT_FOUND');
    }
    await client.close();
  });

  test('ends with the card: a lock closes it', async () => {
    const card = nth(api.partner.batch, 4);
    const client = await sessionOf(card);
    await client.request(OwnCardDocument);
    const { result } = await api.administrator.request(LockCardDocument, {
      input: { card: { id: card.id }, reason: 'REPORTED_LOST' },
    });
    succeeded(result);
    await vi.waitFor(
      async () => expect(await failure(() => client.request(OwnCardDocument))).toBe('UNAUTHENTICATED'),
      { timeout: 5_000 },
    );
  });

  test('a token that was altered opens nothing', async () => {
    const token = 'A'.repeat(51);
    expect(await failure(() => createClient({ url: api.url, key: token }).request(OwnCardDocument))).toBe(
      'UNAUTHENTICATED',
    );
  });
});
