import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, createClient } from '../../../src/client/client.ts';
import {
  ActivateCardsDocument,
  AdjustCardBalanceDocument,
  AuthenticateCardDocument,
  BindNumberDocument,
  CardBalanceChangedDocument,
  type CardCredentials,
  CardDocument,
  CardHistoryDocument,
  type CardReference,
  type CreateCardBatchInput,
  DeactivateCardsDocument,
  LockCardDocument,
  MoveNumberDocument,
  RechargeCardDocument,
  RedeemVoucherDocument,
  VerificationDocument,
} from '../../../src/client/operations.ts';
import { type ApiCard, euros, newKey, nth, useApi, useInstance } from '../../harness/api.ts';
import { BEGINNING, batchEnded, orderBatch, type PrintedCard, printedCards } from '../../harness/batches.ts';
import { countAnew } from '../../harness/models/report-counters.ts';
import { expectRefusal, snapshot, succeeded } from '../../harness/refusals.ts';
import { tablesOf } from '../../harness/tables.ts';

/** How often the same voucher is raced for, and by how many. */
const ROUNDS = 30;
const CALLERS = 20;

const api = useApi();
/** Another instance on the same database. */
const second = useInstance(api);
let switchKey: string;
let partnerKey: string;
/** Vouchers of the operator and of the partner, active, of 3 EUR, each used up by the test that takes it. */
let anyones: PrintedCard[];
let partners: PrintedCard[];
/** All PINs there are. */
const pins: string[] = [];

beforeAll(async () => {
  switchKey = await api.secret('SWITCH');
  partnerKey = await api.secret('PARTNER', api.partner.id);
  anyones = await vouchers({ quantity: ROUNDS + 30 });
  partners = await vouchers({ quantity: 10, partnerId: api.partner.id });
});

/** Vouchers as an operator has them made and printed. */
async function vouchers(given: Partial<CreateCardBatchInput>, active = true): Promise<PrintedCard[]> {
  const terms = { type: 'VOUCHER', faceValue: euros('3'), ...given } as const;
  const { cardBatch } = succeeded((await orderBatch(api, terms)).result);
  await batchEnded(api, cardBatch.id);
  if (active) await api.administrator.request(ActivateCardsDocument, { cards: { batchId: cardBatch.id } });
  const printed = await printedCards(api, cardBatch.id);
  pins.push(...printed.map(({ pin }) => pin));
  return printed;
}

function take(from: PrintedCard[]): PrintedCard {
  const voucher = from.pop();
  if (!voucher) throw new Error('All vouchers are used up.');
  return voucher;
}

interface Asked {
  by?: Client;
  key?: string;
}

const redeem = (
  card: CardReference,
  voucherPin: string,
  { by = api.administrator, key = newKey() }: Asked = {},
) => by.request(RedeemVoucherDocument, { input: { card, voucherPin, idempotencyKey: key } });

const idOf = ({ id }: ApiCard): CardReference => ({ id });

async function statementOf(by: CardReference) {
  const { card } = await api.administrator.request(CardDocument, { by });
  const transfers = card?.statement.edges.map(({ node }) => [
    node.kind,
    node.cardChange?.amount,
    node.cardBalanceAfter?.amount,
    node.reason,
  ]);
  return { state: card?.state, balance: card?.balance.amount, transfers };
}

const money = { remembersKey: true };

describe('redeemVoucher', () => {
  test('moves the whole value to the card and closes the voucher; both statements say so', async () => {
    const card = nth(api.partner.batch, 0);
    const { serial, pin } = take(partners);
    const { result } = await redeem(idOf(card), pin, { by: api.partner.client });
    expect(succeeded(result)).toMatchObject({
      balance: euros('8.00'),
      transfer: {
        kind: 'VOUCHER',
        amount: euros('3.00'),
        cardChange: euros('3.00'),
        cardBalanceAfter: euros('8.00'),
        walletChange: null,
      },
      card: { serial: card.serial, balance: euros('8.00') },
    });
    expect(await statementOf({ id: card.id })).toEqual({
      state: 'ACTIVE',
      balance: '8.00',
      transfers: [
        ['VOUCHER', '3.00', '8.00', `voucher ${serial}`],
        ['ISSUE', '5.00', '5.00', null],
      ],
    });
    expect(await statementOf({ serial })).toEqual({
      state: 'CLOSED',
      balance: '0.00',
      transfers: [
        ['VOUCHER', '-3.00', '0.00', `redeemed on card ${card.serial}`],
        ['ISSUE', '3.00', '3.00', null],
      ],
    });
  });

  test('each role redeems; the card by serial or bound number, the PIN with blanks and dashes', async () => {
    const { id, serial } = nth(api.partner.batch, 1);
    const number = '+390655501111';
    await api.ivr.request(BindNumberDocument, { input: { card: { id }, number } });
    const cases: [Client, CardReference][] = [
      [api.administrator, { serial }],
      [api.ivr, { boundNumber: '0655501111' }],
      [api.partner.client, { id }],
    ];
    for (const [by, card] of cases) {
      const { pin } = take(anyones);
      const spaced = `${pin.slice(0, 4)} ${pin.slice(4, 9)}-${pin.slice(9)}`;
      expect(succeeded((await redeem(card, spaced, { by })).result).transfer.amount).toEqual(euros('3.00'));
    }
    expect((await statementOf({ id })).balance).toBe('14.00');
  });

  test('extends the validity by the rule of the card’s batch, and its range for recharges does not apply', async () => {
    const card = nth(await api.cards({ count: 1, rechargeExtendsDays: 10, rechargeMin: 50_000_000n }), 0);
    await api.db.database.sql`
      UPDATE cards SET first_used_at = now() - interval '9 days', valid_until = now() - interval '1 day',
        grace_until = now() + interval '1 day' WHERE id = ${card.uuid}`;
    const { card: after } = succeeded((await redeem(idOf(card), take(anyones).pin)).result);
    expect(after.state).toBe('ACTIVE');
    const days = (new Date(after.validUntil ?? 0).getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(9.99);
    expect(days).toBeLessThanOrEqual(10);
  });

  test('those who watch hear of the voucher and of the card, and the card’s history has it', async () => {
    const card = nth(api.partner.batch, 2);
    const { pin, serial } = take(partners);
    await redeem(idOf(card), pin, { by: api.partner.client });
    const { id: voucherId } = (await api.administrator.request(CardDocument, { by: { serial } })).card ?? {};
    const changes = [];
    for await (const { cardBalanceChanged } of api.partner.client.subscribe(CardBalanceChangedDocument, {
      cardIds: [card.id, voucherId ?? ''],
      after: BEGINNING,
    })) {
      changes.push([cardBalanceChanged.change.amount, cardBalanceChanged.balance.amount]);
      if (changes.length === 4) break;
    }
    expect(changes).toEqual([
      ['5.00', '5.00'],
      ['3.00', '3.00'],
      ['-3.00', '0.00'],
      ['3.00', '8.00'],
    ]);
    const { card: read } = await api.administrator.request(CardHistoryDocument, {
      by: { id: card.id },
      first: 1,
    });
    expect(read?.events.edges[0]?.node).toMatchObject({
      type: 'VOUCHER_REDEEMED',
      reason: `voucher ${serial}`,
      change: euros('3.00'),
    });
    const { card: voucher } = await api.administrator.request(CardHistoryDocument, {
      by: { serial },
      first: 1,
    });
    expect(voucher?.events.edges[0]?.node).toMatchObject({ type: 'CARD_CLOSED', change: euros('-3.00') });
  });

  test('twenty of the same at once: one transfer, twenty equal answers, and the same ever after', async () => {
    const card = nth(api.partner.batch, 3);
    const { pin } = take(partners);
    const asked = { by: api.partner.client, key: newKey() };
    const ask = () => redeem(idOf(card), pin, asked);
    const answers = await Promise.all(Array.from({ length: 20 }, ask));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(succeeded(answers[0]?.result as never)).toMatchObject({ balance: euros('8.00') });
    const before = await snapshot(api.db.database.sql);
    expect(await ask()).toEqual(answers[0]);
    expect(await redeem(idOf(card), ` ${pin}-`, asked)).toEqual(answers[0]);
    expect(await snapshot(api.db.database.sql)).toEqual(before);
  });

  test('the same key with another PIN, for another card or operation is refused by name', async () => {
    const card = nth(api.partner.batch, 4);
    const [first, other] = [take(anyones), take(anyones)];
    const key = newKey();
    succeeded((await redeem(idOf(card), first.pin, { key })).result);
    const refuse = (ask: Parameters<typeof expectRefusal>[2]) =>
      expectRefusal(api, 'IDEMPOTENCY_KEY_REUSED', ask);
    await refuse(() => redeem(idOf(card), other.pin, { key }));
    await refuse(() => redeem(idOf(card), '00000000000000', { key }));
    await refuse(() => redeem(idOf(nth(api.partner.batch, 5)), first.pin, { key }));
    await refuse(() =>
      api.administrator.request(RechargeCardDocument, {
        input: { card: { id: card.id }, amount: euros('3'), idempotencyKey: key },
      }),
    );
    succeeded((await redeem(idOf(card), other.pin)).result);
  });

  test('a refusal is kept with its key', async () => {
    const card = nth(api.partner.batch, 5);
    const [voucher] = await vouchers({ quantity: 1 }, false);
    const pin = voucher?.pin ?? '';
    const asked = { key: newKey() };
    const refused = await expectRefusal(api, 'VOUCHER_REFUSED', () => redeem(idOf(card), pin, asked), money);
    expect(refused).toMatchObject({ retryable: true });
    await api.administrator.request(ActivateCardsDocument, {
      cards: { serials: { from: voucher?.serial ?? '', to: voucher?.serial ?? '' } },
    });
    expect(await expectRefusal(api, 'VOUCHER_REFUSED', () => redeem(idOf(card), pin, asked))).toEqual(
      refused,
    );
    succeeded((await redeem(idOf(card), pin)).result);
  });

  test('every PIN that is no usable voucher’s has one answer, byte for byte, and leaves no trace', async () => {
    const card = nth(await api.cards({ count: 1, partnerId: api.partner.uuid }), 0);
    const plain = await vouchers({ quantity: 1, type: 'RECHARGEABLE' });
    const [inactive] = await vouchers({ quantity: 1 }, false);
    const rivals = await vouchers({ quantity: 1, partnerId: api.rival.id });
    const [used, locked, deactivated, late, ended, emptied] = anyones.splice(0, 6) as [
      ...[PrintedCard, PrintedCard, PrintedCard, PrintedCard, PrintedCard, PrintedCard],
    ];
    await redeem(idOf(nth(api.rival.batch, 0)), used.pin);
    await api.administrator.request(LockCardDocument, {
      input: { card: { serial: locked.serial }, reason: 'REPORTED_LOST' },
    });
    await api.administrator.request(DeactivateCardsDocument, {
      cards: { serials: { from: deactivated.serial, to: deactivated.serial } },
    });
    const { sql } = api.db.database;
    await sql`UPDATE cards SET valid_until = now() - interval '1 day', grace_until = now() + interval '1 day'
              WHERE serial = ${late.serial}`;
    await sql`UPDATE cards SET valid_until = now() - interval '1 day', grace_until = now() - interval '1 day'
              WHERE serial = ${ended.serial}`;
    await adjust(emptied, '-3');

    const cases = {
      unknown: '00000000000000',
      none: '',
      used: used.pin,
      locked: locked.pin,
      deactivated: deactivated.pin,
      'past its last date': late.pin,
      expired: ended.pin,
      emptied: emptied.pin,
      inactive: inactive?.pin ?? '',
      'no voucher': plain[0]?.pin ?? '',
      "another partner's": rivals[0]?.pin ?? '',
    };
    const { idempotency_keys: _keys, ...before } = await snapshot(sql);
    const askers = [switchKey, partnerKey];
    const answers = new Map<string, string[]>();
    for (const [name, pin] of Object.entries(cases)) {
      for (const key of askers) {
        const answer = await rawAnswer(card, pin, key);
        answers.set(answer, [...new Set([...(answers.get(answer) ?? []), name])]);
      }
    }
    const { idempotency_keys: _more, ...after } = await snapshot(sql);
    expect(after).toEqual(before);
    expect([...answers.values()]).toEqual([Object.keys(cases)]);
    expect([...answers.keys()][0]).toContain('VOUCHER_REFUSED');
  });

  test('each card that takes no money is refused by name, whatever the PIN, and nothing changes', async () => {
    const { sql } = api.db.database;
    const { pin } = take(anyones);
    const set = (card: ApiCard, changes: Record<string, unknown>) =>
      sql`UPDATE cards SET ${sql(changes)} WHERE id = ${card.uuid}`;
    const days = (count: number) => new Date(Date.now() + count * 86_400_000);
    const { cards } = await api.cards({ count: 5 });
    const [gone, late, ended, closed, lost] = cards as [ApiCard, ApiCard, ApiCard, ApiCard, ApiCard];
    await set(lost, { status: 'DEACTIVATED', replaced_by_id: gone.uuid });
    await set(gone, { status: 'DEACTIVATED', replaces_id: lost.uuid });
    await set(late, { valid_until: days(-1), grace_until: days(1) });
    await set(ended, { valid_until: days(-2), grace_until: days(-1) });
    const cases = [
      ['CARD_NOT_RECHARGEABLE', nth(await api.cards({ count: 1, type: 'STANDARD' }), 0)],
      ['CARD_NOT_RECHARGEABLE', nth(await api.cards({ count: 1, type: 'DISPOSABLE' }), 0)],
      ['CARD_NOT_RECHARGEABLE', nth(await api.cards({ count: 1, type: 'VOUCHER' }), 0)],
      ['CARD_INACTIVE', nth(await api.cards({ count: 1, active: false }), 0)],
      ['CARD_DEACTIVATED', gone],
      ['CARD_REPLACED', lost],
      ['CARD_IN_GRACE', late],
      ['CARD_CLOSED', ended],
      ['NOT_FOUND', { id: 'nonsense' }],
      ['NOT_FOUND', { id: api.partner.id }],
    ] as const;
    for (const [code, { id }] of cases) {
      const [good, bad] = [
        await expectRefusal(api, code, () => redeem({ id }, pin), money),
        await expectRefusal(api, code, () => redeem({ id }, '00000000000000'), money),
      ];
      expect(good).toEqual(bad);
    }
    const refuse = (code: Parameters<typeof expectRefusal>[1], card: CardReference, asked: Asked = {}) =>
      expectRefusal(api, code, () => redeem(card, pin, asked), money);
    await refuse('NOT_FOUND', { serial: 'NONE' });
    await refuse('INVALID_PHONE_NUMBER', { boundNumber: '12' });
    await refuse('INVALID_INPUT', idOf(closed), { key: '' });
    await refuse('INVALID_INPUT', idOf(closed), { key: 'x'.repeat(256) });
    await refuse('NOT_FOUND', idOf(nth(api.rival.batch, 1)), { by: api.partner.client });

    const dollars = nth(await api.cards({ count: 1, faceValue: 0n }), 0);
    await set(dollars, { currency: 'USD' });
    expect(await refuse('CURRENCY_MISMATCH', idOf(dollars))).toMatchObject({ expected: 'USD', given: 'EUR' });
    succeeded((await redeem(idOf(closed), pin)).result);
  });

  test(`the same voucher entered by ${CALLERS} at once for ${CALLERS} cards, ${ROUNDS} times over, on two instances is credited once`, async () => {
    const { cards } = await api.cards({ count: CALLERS, faceValue: 0n });
    const elsewhere = createClient({ url: second.url, key: switchKey });
    const askers = [api.administrator, elsewhere];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { pin, serial } = take(anyones);
      const answers = await Promise.all(
        cards.map(({ id }, place) => redeem({ id }, pin, { by: askers[place % 2] as Client })),
      );
      const codes = answers.map(({ result }) => ('code' in result ? result.code : 'OK'));
      expect(codes.toSorted()).toEqual(['OK', ...Array(CALLERS - 1).fill('VOUCHER_REFUSED')]);
      expect(await statementOf({ serial })).toMatchObject({ state: 'CLOSED', balance: '0.00' });
      const [sum] = await api.db.database.sql<{ micros: bigint; transfers: bigint }[]>`
        SELECT sum(balance)::bigint AS micros,
          (SELECT count(*) FROM transfers WHERE card_id = ANY(${cards.map(({ uuid }) => uuid)}::uuid[])) AS transfers
        FROM cards WHERE id = ANY(${cards.map(({ uuid }) => uuid)}::uuid[])`;
      expect(sum).toEqual({ micros: BigInt(round) * 3_000_000n, transfers: BigInt(round) });
    }
    await elsewhere.close();
  });
});

const adjust = ({ serial }: { serial: string }, amount: string) =>
  api.administrator.request(AdjustCardBalanceDocument, {
    input: { card: { serial }, amount: euros(amount), reason: 'Misprint', idempotencyKey: newKey() },
  });

test('a voucher on a card that was never used is its first use: the validity starts and is extended, the fee is taken', async () => {
  const terms = { validityDays: 10, rechargeExtendsDays: 5, faceValue: 0n, firstUseFee: 1_000_000n };
  const card = nth(await api.cards({ count: 1, ...terms }), 0);
  succeeded((await redeem(idOf(card), take(anyones).pin)).result);
  const [row] = await api.db.database.sql`
    SELECT balance, extract(epoch FROM valid_until - first_used_at)::int / 86400 AS days
    FROM cards WHERE id = ${card.uuid}`;
  expect(row).toEqual({ balance: 2_000_000n, days: 15 });
});

describe('a voucher', () => {
  test('lets no caller in, in the one answer to every failed authentication', async () => {
    const { pin, serial } = take(anyones);
    const authenticate = (by: CardCredentials) =>
      expectRefusal(api, 'AUTHENTICATION_REFUSED', () =>
        api.ivr.request(AuthenticateCardDocument, { input: { by } }),
      );
    const unknown = await authenticate({ pin: '00000000000000' });
    expect(await authenticate({ pin })).toEqual(unknown);
    expect(await authenticate({ serialAndPin: { serial, pin } })).toEqual(unknown);
  });

  test('takes no number, no recharge and no correction upwards, each refused by name', async () => {
    const { serial } = take(anyones);
    const number = '+390655502222';
    const card = { serial };
    const { administrator } = api;
    await expectRefusal(api, 'CARD_IS_VOUCHER', () =>
      administrator.request(BindNumberDocument, { input: { card, number } }),
    );
    await administrator.request(BindNumberDocument, {
      input: { card: { id: nth(api.rival.batch, 2).id }, number },
    });
    await expectRefusal(api, 'CARD_IS_VOUCHER', () =>
      administrator.request(MoveNumberDocument, { input: { card, number } }),
    );
    await expectRefusal(
      api,
      'CARD_NOT_RECHARGEABLE',
      () =>
        administrator.request(RechargeCardDocument, {
          input: { card, amount: euros('1'), idempotencyKey: newKey() },
        }),
      money,
    );
    await expectRefusal(api, 'CARD_IS_VOUCHER', () => adjust(card, '1'), money);
    expect(succeeded((await adjust(card, '-1')).result).balance).toEqual(euros('2.00'));
  });

  test('is worth to the card what is left on it', async () => {
    const voucher = take(anyones);
    await adjust(voucher, '-1.25');
    const { result } = await redeem(idOf(nth(api.rival.batch, 3)), voucher.pin);
    expect(succeeded(result).transfer.amount).toEqual(euros('1.75'));
  });

  test('has no terms that only a card in use can keep', async () => {
    const order = (given: Partial<CreateCardBatchInput>) => () =>
      orderBatch(api, { type: 'VOUCHER', ...given });
    await expectRefusal(api, 'INVALID_AMOUNT', order({ faceValue: euros('0') }));
    await expectRefusal(api, 'INVALID_INPUT', order({ validityDays: 30 }));
    await expectRefusal(api, 'INVALID_INPUT', order({ recharge: { extendsValidityDays: 30 } }));
  });

  test('is good until its last date of use, and forfeited after it', async () => {
    const firstUseBy = new Date(Date.now() + 86_400_000).toISOString();
    const [voucher] = await vouchers({ quantity: 1, firstUseBy });
    const { card } = await api.administrator.request(CardDocument, { by: { serial: voucher?.serial ?? '' } });
    expect(card).toMatchObject({ state: 'ACTIVE', validUntil: firstUseBy, graceUntil: firstUseBy });
    succeeded((await redeem(idOf(nth(api.rival.batch, 4)), voucher?.pin ?? '')).result);
  });
});

test('after all of it no table has a PIN in the clear, and the transfers explain every balance', async () => {
  const { sql } = api.db.database;
  for (const name of await tablesOf(sql)) {
    const rows = await sql`SELECT FROM ${sql(name)} AS t WHERE t::text ~ ${pins.join('|')} LIMIT 1`;
    expect([name, rows.length]).toEqual([name, 0]);
  }
  expect(pins.length).toBeGreaterThan(ROUNDS);
  await countAnew(sql);
  const { verification } = await api.administrator.request(VerificationDocument);
  expect(verification.discrepancies).toEqual([]);
  expect(verification.clean).toBe(true);
});

/** The body of the answer as it comes. */
async function rawAnswer({ id }: ApiCard, voucherPin: string, key: string): Promise<string> {
  const input = { card: { id }, voucherPin, idempotencyKey: newKey() };
  const response = await fetch(api.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: RedeemVoucherDocument.toString(), variables: { input } }),
  });
  return `${response.status} ${await response.text()}`;
}
