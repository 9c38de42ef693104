import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Client, createClient } from '../../../src/client/client.ts';
import {
  AuthenticateCardDocument,
  CardBalanceChangedDocument,
  CardDocument,
  CardsDocument,
  CreateApiKeyDocument,
  type CreateCardBatchInput,
  CreatePartnerDocument,
  LockCardDocument,
  MovePartnerDocument,
  NodeDocument,
  PartnersDocument,
  PartnerTreeDocument,
  RechargeCardDocument,
  ResumePartnerDocument,
  ReverseRechargeDocument,
  SuspendPartnerDocument,
  TopUpPartnerDocument,
  UnlockCardDocument,
  UpdatePartnerDocument,
  type UpdatePartnerInput,
  ViewerDocument,
  WithdrawFromPartnerDocument,
} from '../../../src/client/operations.ts';
import { fromGlobalId, toGlobalId } from '../../../src/graphql/core/global-id.ts';
import { verify } from '../../../src/store/verification.ts';
import {
  type ApiBatch,
  type ApiCard,
  euros,
  newKey,
  nth,
  startInstanceBeside,
  useApi,
} from '../../harness/api.ts';
import { orderBatch } from '../../harness/batches.ts';
import { makeRateGroup } from '../../harness/cards.ts';
import { openSocket } from '../../harness/network/web-socket.ts';
import { expectForbidden, expectRefusal, failure, succeeded } from '../../harness/refusals.ts';

const api = useApi();
afterAll(async () => {
  expect((await verify(api.db.database.sql)).discrepancies).toEqual([]);
});

/** A partner with a client, 100 EUR and three cards of its own. */
interface Reseller {
  readonly id: string;
  readonly uuid: string;
  readonly key: string;
  readonly client: Client;
  readonly batch: ApiBatch;
}

let made = 0;

async function reseller(parent?: Reseller): Promise<Reseller> {
  made += 1;
  const input = { name: `Reseller ${made}`, currency: 'EUR', parentId: parent?.id ?? null };
  const { partner } = succeeded((await api.administrator.request(CreatePartnerDocument, { input })).result);
  const uuid = Buffer.from(partner.id, 'base64').toString().slice('Partner:'.length);
  const topUp = { partnerId: partner.id, amount: euros('100'), idempotencyKey: newKey() };
  succeeded((await api.administrator.request(TopUpPartnerDocument, { input: topUp })).result);
  const batch = await api.cards({ count: 3, partnerId: uuid });
  const key = await api.secret('PARTNER', partner.id);
  return { id: partner.id, uuid, key, client: createClient({ url: api.url, key }), batch };
}

let top: Reseller;
let middle: Reseller;
let leaf: Reseller;
let other: Reseller;
beforeEach(async () => {
  top = await reseller();
  middle = await reseller(top);
  leaf = await reseller(middle);
  other = await reseller();
});

const recharge = (by: Client, card: ApiCard, amount = '10', idempotencyKey = newKey()) =>
  by.request(RechargeCardDocument, {
    input: { card: { id: card.id }, amount: euros(amount), idempotencyKey },
  });
const update = (partner: Reseller, changes: Omit<UpdatePartnerInput, 'id'>, by = api.administrator) =>
  by.request(UpdatePartnerDocument, { input: { id: partner.id, ...changes } });
const balance = async (partner: Reseller) => {
  const { partners } = await partner.client.request(PartnersDocument, { first: 100 });
  return partners.edges.find(({ node }) => node.id === partner.id)?.node.balance.amount;
};
const seen = async ({ client }: Reseller) =>
  (await client.request(PartnerTreeDocument, { first: 100 })).partners.edges.map(({ node }) => node.id);

describe('a branch', () => {
  test('is seen from its top, and nothing beside or above it', async () => {
    expect(new Set(await seen(top))).toEqual(new Set([top.id, middle.id, leaf.id]));
    expect(new Set(await seen(middle))).toEqual(new Set([middle.id, leaf.id]));
    expect(await seen(leaf)).toEqual([leaf.id]);

    const cards = await middle.client.request(CardsDocument, { first: 100 });
    expect(cards.cards.edges).toHaveLength(6);
    const card = nth(leaf.batch, 0);
    const byTop = await top.client.request(CardDocument, { by: { serial: card.serial } });
    expect(byTop.card?.id).toBe(card.id);
    for (const by of [other, leaf]) {
      for (const id of [middle.id, nth(middle.batch, 0).id, middle.batch.id]) {
        expect((await by.client.request(NodeDocument, { id })).node).toBeNull();
      }
    }
    const tree = await leaf.client.request(PartnerTreeDocument, { first: 1 });
    expect(tree.partners.edges[0]?.node.parent).toBeNull();
  });

  test('pays from the wallet of whoever recharges; who is below does not see that wallet', async () => {
    const card = nth(leaf.batch, 0);
    const { transfer } = succeeded((await recharge(top.client, card)).result);
    expect([await balance(top), await balance(leaf)]).toEqual(['90.00', '100.00']);
    expect(transfer.walletBalanceAfter).toEqual(euros('90.00'));
    const { card: byLeaf } = await leaf.client.request(CardDocument, { by: { id: card.id } });
    const [last] = byLeaf?.statement.edges.map(({ node }) => node) ?? [];
    expect(last).toMatchObject({ kind: 'RECHARGE', cardChange: euros('10.00'), walletBalanceAfter: null });
    await expectRefusal(api, 'NOT_FOUND', () => recharge(leaf.client, nth(middle.batch, 0)), {
      remembersKey: true,
    });
    await expectRefusal(api, 'NOT_FOUND', () => recharge(other.client, card), { remembersKey: true });
  });

  test('is watched from its top, as it is at the moment', async () => {
    const watch = top.client.subscribe(CardBalanceChangedDocument, {});
    const strange = other.client.subscribe(CardBalanceChangedDocument, {});
    const [next, never] = [watch.next(), strange.next()];
    const card = nth(leaf.batch, 1);
    const { value } = await untilSeen(next, () => recharge(leaf.client, card, '1'));
    expect(value?.cardBalanceChanged.card?.cardId).toBe(card.id);

    const move = { id: middle.id, parentId: other.id };
    succeeded((await api.administrator.request(MovePartnerDocument, move)).result);
    const after = await untilSeen(never, () => recharge(leaf.client, card, '1'));
    expect(after.value?.cardBalanceChanged.card?.cardId).toBe(card.id);
    const own = watch.next();
    await recharge(leaf.client, card, '1');
    const mine = nth(top.batch, 0);
    const { value: last } = await untilSeen(own, () => recharge(top.client, mine, '1'));
    // What happened before the move and was on its way then may still come; nothing of after it does.
    expect([mine.id, card.id]).toContain(last?.cardBalanceChanged.card?.cardId);
    expect(new Set(await seen(top))).toEqual(new Set([top.id]));
    await Promise.all([watch.return?.(), strange.return?.()]);
  });

  test('grows from below: a partner makes partners in its own branch only', async () => {
    const create = (by: Client, parentId?: string) =>
      by.request(CreatePartnerDocument, {
        input: { name: `Sub ${newKey()}`, currency: 'EUR', parentId: parentId ?? null },
      });
    const { partner } = succeeded((await create(middle.client)).result);
    expect(await seen(top)).toContain(partner.id);
    expect(await seen(leaf)).not.toContain(partner.id);
    await expectRefusal(api, 'NOT_FOUND', () => create(middle.client, top.id));
    await expectRefusal(api, 'NOT_FOUND', () => create(middle.client, other.id));
    let parentId = leaf.id;
    for (let depth = 4; depth <= 8; depth += 1) {
      parentId = succeeded((await create(leaf.client, parentId)).result).partner.id;
    }
    await expectRefusal(api, 'PARTNER_MISPLACED', () => create(leaf.client, parentId));
  });

  test('a partner makes no key for one below it, and is told so; one beside it is none that it knows', async () => {
    const key = (partnerId: string) =>
      top.client.request(CreateApiKeyDocument, { input: { name: 'Portal', role: 'PARTNER', partnerId } });
    const { message } = await expectRefusal(api, 'NOT_ALLOWED', () => key(leaf.id));
    expect(message).toContain('A partner makes keys for itself only');
    await expectRefusal(api, 'NOT_FOUND', () => key(other.id));
  });

  test('moves to the top only when that is said', async () => {
    const move = { id: leaf.id };
    const { message } = await expectRefusal(api, 'INVALID_INPUT', () =>
      api.administrator.request(MovePartnerDocument, move),
    );
    expect(message).toContain('send null to move the partner to the top level');
    succeeded((await api.administrator.request(MovePartnerDocument, { ...move, parentId: null })).result);
  });

  test('has no circle, however it is moved, and two moves at once make none', async () => {
    const move = (id: string, parentId: string | null, by: Client = api.administrator) =>
      by.request(MovePartnerDocument, { id, parentId });
    await expectRefusal(api, 'PARTNER_MISPLACED', () => move(top.id, leaf.id));
    await expectRefusal(api, 'PARTNER_MISPLACED', () => move(top.id, top.id));
    await expectForbidden(api, () => move(leaf.id, top.id, top.client));
    for (let round = 0; round < 10; round += 1) {
      await move(top.id, null);
      await move(other.id, null);
      await Promise.all([move(top.id, other.id), move(other.id, top.id)]);
      const { discrepancies } = await verify(api.db.database.sql);
      expect(discrepancies).toEqual([]);
    }
  });
});

/** Causes events until one was seen: a subscription that is being opened may miss the first. */
async function untilSeen<Result>(next: Promise<Result>, cause: () => Promise<unknown>): Promise<Result> {
  return vi.waitFor(async () => {
    await cause();
    return Promise.race([next, Promise.reject(new Error('Nothing yet.'))]);
  });
}

describe('money between wallets', () => {
  const given = (partnerId: string, amount: string, idempotencyKey: string) => ({
    input: { partnerId, amount: euros(amount), idempotencyKey },
  });
  const put = (by: Client, id: string, amount = '30', key = newKey()) =>
    by.request(TopUpPartnerDocument, given(id, amount, key));
  const take = (by: Client, id: string, amount = '30', key = newKey()) =>
    by.request(WithdrawFromPartnerDocument, given(id, amount, key));

  test('goes down the branch and back, once for each key, one line on each statement', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 5 }, () => put(top.client, leaf.id, '30', key)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect([await balance(top), await balance(leaf)]).toEqual(['70.00', '130.00']);
    const { transfer } = succeeded((await take(top.client, leaf.id, '5')).result);
    expect(transfer).toMatchObject({ kind: 'WALLET_TRANSFER', walletChange: euros('-5.00') });
    expect([await balance(top), await balance(leaf)]).toEqual(['75.00', '125.00']);
  });

  test('is refused by name, and nothing moves', async () => {
    const remembersKey = { remembersKey: true };
    await expectRefusal(api, 'INSUFFICIENT_FUNDS', () => put(top.client, leaf.id, '100.01'), remembersKey);
    await expectRefusal(api, 'INSUFFICIENT_FUNDS', () => take(top.client, leaf.id, '100.01'), remembersKey);
    for (const id of [top.id, other.id]) {
      await expectRefusal(api, 'NOT_FOUND', () => put(top.client, id));
      await expectRefusal(api, 'NOT_FOUND', () => take(top.client, id));
    }
    await expectRefusal(api, 'NOT_FOUND', () => take(leaf.client, middle.id));
    await expectForbidden(api, () => put(api.ivr, leaf.id));
  });

  test('the operator pays out what is in the wallet, and never its credit', async () => {
    succeeded((await update(leaf, { creditLimit: '50' })).result);
    succeeded((await take(api.administrator, leaf.id, '100')).result);
    await expectRefusal(api, 'INSUFFICIENT_FUNDS', () => take(api.administrator, leaf.id, '0.01'), {
      remembersKey: true,
    });
  });
});

describe("what the operator sets for a partner's wallet", () => {
  test('credit: the wallet goes below zero by as much and no further', async () => {
    const { partner } = succeeded((await update(leaf, { creditLimit: '20' })).result);
    expect(partner).toMatchObject({ creditLimit: euros('20.00'), available: euros('120.00') });
    const card = nth(leaf.batch, 0);
    succeeded((await recharge(leaf.client, card, '115')).result);
    expect(await balance(leaf)).toBe('-15.00');
    await expectRefusal(api, 'INSUFFICIENT_FUNDS', () => recharge(leaf.client, card, '5.01'), {
      remembersKey: true,
    });
    await expectRefusal(api, 'CREDIT_IN_USE', () => update(leaf, { creditLimit: '14.99' }));
    succeeded((await update(leaf, { creditLimit: '15' })).result);
    await expectForbidden(api, () => update(leaf, { creditLimit: '1000' }, leaf.client));
  });

  test('discount: the card gets 10.00, the wallet pays 9.50, and a reversal gives back just that', async () => {
    succeeded((await update(leaf, { discountPercent: '5' })).result);
    const card = nth(leaf.batch, 0);
    const { transfer } = succeeded((await recharge(leaf.client, card, '10')).result);
    expect(transfer).toMatchObject({ amount: euros('10.00'), walletBalanceAfter: euros('90.50') });
    const kinds = async () => {
      const { partners } = await leaf.client.request(PartnersDocument, { first: 1 });
      return partners.edges[0]?.node.statement.edges.map(({ node }) => node.kind);
    };
    expect(await kinds()).toEqual(['RECHARGE', 'DISCOUNT', 'TOP_UP']);
    const reverse = (amount: string | null) =>
      leaf.client.request(ReverseRechargeDocument, {
        input: {
          rechargeId: transfer.id,
          amount: amount === null ? null : euros(amount),
          reason: 'test',
          idempotencyKey: newKey(),
        },
      });
    succeeded((await reverse(null)).result);
    expect(await balance(leaf)).toBe('100.00');
    expect(await kinds()).toEqual(['DISCOUNT_REVERSAL', 'REVERSAL', 'RECHARGE', 'DISCOUNT', 'TOP_UP']);
  });

  test('a discount is never worth more than it says, whatever the amount and the part taken back', async () => {
    succeeded((await update(leaf, { discountPercent: '3.33' })).result);
    const card = nth(leaf.batch, 0);
    const { transfer } = succeeded((await recharge(leaf.client, card, '0.07')).result);
    expect(transfer.walletBalanceAfter).toEqual(euros('99.932331'));
    const second = succeeded((await recharge(leaf.client, card, '1.01')).result).transfer;
    const input = {
      rechargeId: second.id,
      amount: euros('0.33'),
      reason: 'test',
      idempotencyKey: newKey(),
    };
    succeeded((await leaf.client.request(ReverseRechargeDocument, { input })).result);
    // Paid 1.01 less 0.033633; back came 0.33 less 33 of 101 parts of that.
    expect(await balance(leaf)).toBe('99.274975');
  });

  test('daily limits, for the partner and for each card; a reversal gives none of it back', async () => {
    await expectRefusal(api, 'INVALID_INPUT', () =>
      update(leaf, { dailyLimit: '50', dailyCardLimit: '50.01' }),
    );
    succeeded((await update(leaf, { dailyLimit: '50', dailyCardLimit: '30' })).result);
    await expectRefusal(api, 'INVALID_INPUT', () => update(leaf, { dailyLimit: '29' }));
    const [one, two] = [nth(leaf.batch, 0), nth(leaf.batch, 1)];
    const { transfer } = succeeded((await recharge(leaf.client, one, '30')).result);
    const over = await expectRefusal(api, 'DAILY_LIMIT_REACHED', () => recharge(leaf.client, one, '0.01'), {
      remembersKey: true,
    });
    expect(over.message).toContain('one card');
    const input = { rechargeId: transfer.id, reason: 'test', idempotencyKey: newKey() };
    succeeded((await leaf.client.request(ReverseRechargeDocument, { input })).result);
    succeeded((await recharge(leaf.client, two, '20')).result);
    await expectRefusal(api, 'DAILY_LIMIT_REACHED', () => recharge(leaf.client, two, '0.01'), {
      remembersKey: true,
    });
    await api.db.database.sql`UPDATE partners SET recharged_on = '2020-01-01' WHERE id = ${leaf.uuid}`;
    succeeded((await recharge(leaf.client, two, '10')).result);
    await expectRefusal(api, 'DAILY_LIMIT_REACHED', () => recharge(leaf.client, two, '0.01'), {
      remembersKey: true,
    });
    succeeded((await update(leaf, { dailyLimit: null, dailyCardLimit: null })).result);
    succeeded((await recharge(leaf.client, two, '10')).result);
  });

  test('fifty recharges at once do not pass a limit', async () => {
    succeeded((await update(leaf, { dailyLimit: '7' })).result);
    const card = nth(leaf.batch, 0);
    const answers = await Promise.all(Array.from({ length: 50 }, () => recharge(leaf.client, card, '1')));
    const done = answers.filter(({ result }) => result.__typename === 'RechargeCardPayload');
    expect(done).toHaveLength(7);
    expect(await balance(leaf)).toBe('93.00');
  });

  test('batches: cards of others it may not recharge', async () => {
    const allowed = await api.cards({ count: 1, partnerId: leaf.uuid });
    succeeded((await update(leaf, { allowedBatchIds: [allowed.id] })).result);
    succeeded((await recharge(leaf.client, nth(allowed, 0), '1')).result);
    await expectRefusal(api, 'BATCH_NOT_ALLOWED', () => recharge(leaf.client, nth(leaf.batch, 0)), {
      remembersKey: true,
    });
  });

  test('rate groups: it may have no batch of another, be it only for what is beyond a plan', async () => {
    const { sql } = api.db.database;
    const [allowed, other] = [await makeRateGroup(sql), await makeRateGroup(sql)].map((id) =>
      toGlobalId('RateGroup', id),
    ) as [string, string];
    succeeded((await update(leaf, { allowedRateGroupIds: [allowed] })).result);
    const order = (given: Partial<CreateCardBatchInput>) =>
      orderBatch(api, { partnerId: leaf.id, quantity: 1, rateGroupId: allowed, ...given });
    await expectRefusal(api, 'RATE_GROUP_NOT_ALLOWED', () => order({ rateGroupId: other }));
    const beyond = {
      type: 'UNLIMITED' as const,
      plan: { fairUseDaySeconds: 60, overflowRateGroupId: other },
    };
    await expectRefusal(api, 'RATE_GROUP_NOT_ALLOWED', () => order(beyond));
    succeeded((await order({})).result);
  });

  test('is not got round by way of partners below: they have its limits, and what it gives them counts', async () => {
    const limits = { dailyLimit: '50', dailyCardLimit: '30', allowedBatchIds: [leaf.batch.id] };
    succeeded((await update(leaf, limits)).result);
    const below = async (by: Client) => {
      const input = { name: `Straw ${newKey()}`, currency: 'EUR', parentId: leaf.id };
      return succeeded((await by.request(CreatePartnerDocument, { input })).result).partner;
    };
    const termsOf = async ({ id }: { id: string }) => {
      const [terms] = await api.db.database.sql`
        SELECT daily_limit, daily_card_limit, allowed_batch_ids FROM partners
        WHERE id = ${fromGlobalId('Partner', id)}`;
      return terms;
    };
    const straw = await below(leaf.client);
    expect(await termsOf(straw)).toEqual(await termsOf(leaf));
    expect((await termsOf(straw))?.daily_limit).toBe(50_000_000n);
    const given = { daily_limit: null, daily_card_limit: null, allowed_batch_ids: null };
    expect(await termsOf(await below(api.administrator))).toEqual(given);

    const put = (amount: string) =>
      leaf.client.request(TopUpPartnerDocument, {
        input: { partnerId: straw.id, amount: euros(amount), idempotencyKey: newKey() },
      });
    succeeded((await put('40')).result);
    succeeded((await recharge(leaf.client, nth(leaf.batch, 0), '10')).result);
    const remembersKey = { remembersKey: true };
    await expectRefusal(api, 'DAILY_LIMIT_REACHED', () => put('0.01'), remembersKey);
    const more = () => recharge(leaf.client, nth(leaf.batch, 0), '0.01');
    await expectRefusal(api, 'DAILY_LIMIT_REACHED', more, remembersKey);
  });

  test('nonsense is refused by name', async () => {
    const cases = [
      { creditLimit: '-1' },
      { dailyLimit: '-0.01' },
      { discountPercent: '100.01' },
      { discountPercent: '1.234' },
      { discountPercent: '-1' },
    ];
    for (const changes of cases) await expectRefusal(api, 'INVALID_INPUT', () => update(leaf, changes));
    await expectRefusal(api, 'NOT_FOUND', () => update(leaf, { allowedBatchIds: [leaf.id] }));
  });
});

describe('a suspended partner', () => {
  const suspend = (id: string, by: Client = api.administrator) => by.request(SuspendPartnerDocument, { id });
  const resume = (id: string, by: Client = api.administrator) => by.request(ResumePartnerDocument, { id });
  const isGood = async ({ key }: Reseller, url = api.url) =>
    (await failure(() => createClient({ url, key }).request(ViewerDocument))) !== 'UNAUTHENTICATED';

  test('is nobody any more, with all below it, on another instance too; its cards go on', async () => {
    const second = await startInstanceBeside(api);
    try {
      const socket = await openSocket(second.url);
      socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${leaf.key}` } });
      await socket.next();
      socket.send({
        id: '1',
        type: 'subscribe',
        payload: { query: 'subscription { cardLockChanged { cursor } }' },
      });
      const ani = `+3906512${String(made).padStart(5, '0')}`;
      await api.db.database.sql`
        INSERT INTO number_bindings (number, card_id, created_at) VALUES (${ani}, ${nth(leaf.batch, 0).uuid}, now())`;

      succeeded((await suspend(middle.id)).result);
      expect(await Promise.all([top, middle, leaf].map((each) => isGood(each)))).toEqual([
        true,
        false,
        false,
      ]);
      expect(await socket.closed).toMatchObject({ code: 4403 });
      await vi.waitFor(async () => expect(await isGood(leaf, second.url)).toBe(false));
      const { result } = await api.ivr.request(AuthenticateCardDocument, { input: { by: { ani } } });
      succeeded(result);

      succeeded((await resume(middle.id)).result);
      expect(await isGood(leaf)).toBe(true);
    } finally {
      await second.close();
    }
  });

  test('is resumed by whoever suspended it or stands above, never from below', async () => {
    succeeded((await suspend(leaf.id)).result);
    await expectRefusal(api, 'NOT_ALLOWED', () => resume(leaf.id, top.client));
    succeeded((await resume(leaf.id)).result);
    succeeded((await suspend(leaf.id, top.client)).result);
    await expectRefusal(api, 'NOT_ALLOWED', () => resume(leaf.id, middle.client));
    succeeded((await resume(leaf.id, top.client)).result);
    succeeded((await suspend(leaf.id, middle.client)).result);
    succeeded((await resume(leaf.id, top.client)).result);
    expect(await isGood(leaf)).toBe(true);
    for (const id of [top.id, other.id]) {
      await expectRefusal(api, 'NOT_FOUND', () => suspend(id, top.client));
      await expectRefusal(api, 'NOT_FOUND', () => resume(id, top.client));
    }
  });

  test('twice is suspended by the one further up, whoever was first', async () => {
    const orders = [
      [middle.client, top.client],
      [top.client, middle.client],
    ] as const;
    for (const order of orders) {
      for (const by of order) succeeded((await suspend(leaf.id, by)).result);
      await expectRefusal(api, 'NOT_ALLOWED', () => resume(leaf.id, middle.client));
      succeeded((await resume(leaf.id, top.client)).result);
    }
  });
});

test('a lock is taken away by whoever set it or stands above, never from below', async () => {
  const { id } = nth(leaf.batch, 0);
  const lock = (by: Client) =>
    by.request(LockCardDocument, { input: { card: { id }, reason: 'SUSPECTED_FRAUD' } });
  const unlock = (by: Client) => by.request(UnlockCardDocument, { input: { card: { id } } });

  succeeded((await lock(api.administrator)).result);
  await expectRefusal(api, 'NOT_ALLOWED', () => unlock(leaf.client));
  succeeded((await unlock(api.administrator)).result);
  succeeded((await lock(top.client)).result);
  await expectRefusal(api, 'NOT_ALLOWED', () => unlock(middle.client));
  succeeded((await unlock(top.client)).result);
  succeeded((await lock(leaf.client)).result);
  succeeded((await unlock(middle.client)).result);
});
