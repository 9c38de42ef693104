import { beforeAll, describe, expect, test } from 'vitest';
import {
  ActivateCardsDocument,
  AuthenticateCardDocument,
  CardBalanceChangedDocument,
  CardDocument,
  type CreateCardBatchInput,
  LockCardDocument,
  UnlockCardDocument,
  VerificationDocument,
} from '../../../src/client/operations.ts';
import { SYSTEM_ACTOR } from '../../../src/domain/event.ts';
import { noteDueCards } from '../../../src/jobs/expiry.ts';
import { CommandWriter } from '../../../src/store/writer/command-writer.ts';
import { firstUseCommand, noteTimeCommand } from '../../../src/store/writer/commands/cards.ts';
import { type ApiCard, euros, nth, useApi } from '../../harness/api.ts';
import { BEGINNING, batchEnded, orderBatch, printedCards } from '../../harness/batches.ts';
import { OPERATOR } from '../../harness/cards.ts';
import { expectRefusal, succeeded } from '../../harness/refusals.ts';

const EURO = 1_000_000n;

const api = useApi();
let writer: CommandWriter;
beforeAll(async () => {
  writer = new CommandWriter(api.db.database.sql, { lanes: 2 });
});

const read = async ({ id }: ApiCard) =>
  (await api.administrator.request(CardDocument, { by: { id } })).card ?? undefined;

async function statementOf(card: ApiCard) {
  const edges = (await read(card))?.statement.edges ?? [];
  return edges.map(({ node }) => [node.kind, node.cardChange?.amount, node.cardBalanceAfter?.amount]);
}

/** As if the card had been used for the first time and some periods had ended since. */
async function letTimePass({ uuid }: ApiCard, days: number): Promise<void> {
  await writer.run(firstUseCommand(OPERATOR, { cardId: uuid, known: false }));
  await api.db.database.sql`
    UPDATE cards SET next_fee_at = next_fee_at - make_interval(days => ${days}),
      due_at = due_at - make_interval(days => ${days})
    WHERE id = ${uuid}`;
}

/** Whoever is faster, this or the server's own: each period is taken once. */
const runJob = () => noteDueCards({ sql: api.db.database.sql, writer });

describe('createCardBatch', () => {
  test('takes fees, shows them, and its cards pay them', async () => {
    const given = {
      firstUseFee: euros('0.25'),
      maintenanceFee: { amount: euros('0.10'), everyDays: 30 },
      quantity: 1,
      partnerId: api.partner.id,
    };
    const { cardBatch } = succeeded((await orderBatch(api, given)).result);
    expect(cardBatch).toMatchObject({
      firstUseFee: euros('0.25'),
      maintenanceFee: { amount: euros('0.10'), everyDays: 30 },
    });
    await batchEnded(api, cardBatch.id);
    await api.administrator.request(ActivateCardsDocument, { cards: { batchId: cardBatch.id } });
    const [{ pin = '', serial = '' } = {}] = await printedCards(api, cardBatch.id);
    for (let time = 0; time < 2; time += 1) {
      const { result } = await api.ivr.request(AuthenticateCardDocument, {
        input: { by: { pin }, use: true },
      });
      expect(succeeded(result)).toMatchObject({ balance: euros('4.75'), card: { serial, version: 3 } });
    }
  });

  test('of a batch without fees shows none', async () => {
    const { cardBatch } = succeeded((await orderBatch(api)).result);
    expect(cardBatch).toMatchObject({ firstUseFee: null, maintenanceFee: null });
    await batchEnded(api, cardBatch.id);
  });

  test('is refused by name and changes nothing', async () => {
    const every = (everyDays: number, amount = euros('1')) => ({ maintenanceFee: { amount, everyDays } });
    const dollar = { amount: '1', currency: 'USD' };
    const cases: [Parameters<typeof expectRefusal>[1], Partial<CreateCardBatchInput>][] = [
      ['INVALID_AMOUNT', { firstUseFee: euros('0') }],
      ['INVALID_AMOUNT', { firstUseFee: euros('-1') }],
      ['INVALID_AMOUNT', { firstUseFee: euros('some') }],
      ['CURRENCY_MISMATCH', { firstUseFee: dollar }],
      ['INVALID_AMOUNT', every(30, euros('0'))],
      ['INVALID_AMOUNT', every(30, euros('0.0000001'))],
      ['CURRENCY_MISMATCH', every(30, dollar)],
      ['INVALID_INPUT', every(0)],
      ['INVALID_INPUT', every(36_501)],
    ];
    for (const [code, given] of cases) await expectRefusal(api, code, () => orderBatch(api, given));
  });
});

describe('the first-use fee', () => {
  test('is a transfer of its own; two first uses at once pay it once', async () => {
    const card = nth(await api.cards({ count: 1, firstUseFee: EURO }), 0);
    const other = new CommandWriter(api.db.database.sql, { lanes: 1 });
    await Promise.all(
      [writer, other].map((each) => each.run(firstUseCommand(OPERATOR, { cardId: card.uuid, known: false }))),
    );
    expect(await statementOf(card)).toEqual([
      ['FIRST_USE_FEE', '-1.00', '4.00'],
      ['ISSUE', '5.00', '5.00'],
    ]);
  });

  test('takes what is there, and is no transfer when nothing is', async () => {
    const poor = nth(await api.cards({ count: 1, faceValue: 300_000n, firstUseFee: EURO }), 0);
    const empty = nth(await api.cards({ count: 1, faceValue: 0n, firstUseFee: EURO }), 0);
    for (const { uuid } of [poor, empty])
      await writer.run(firstUseCommand(OPERATOR, { cardId: uuid, known: false }));
    expect((await statementOf(poor))[0]).toEqual(['FIRST_USE_FEE', '-0.30', '0.00']);
    expect(await statementOf(empty)).toEqual([]);
  });
});

describe('the maintenance fee', () => {
  const monthly = { maintenanceFee: EURO, maintenanceEveryDays: 30 };

  test('is taken for each period that has passed, once, however many jobs run', async () => {
    const { cards } = await api.cards({ count: 5, ...monthly });
    for (const card of cards) await letTimePass(card, 61);
    await Promise.all([runJob(), runJob(), runJob()]);
    for (const card of cards) {
      expect(await statementOf(card)).toEqual([
        ['MAINTENANCE_FEE', '-1.00', '3.00'],
        ['MAINTENANCE_FEE', '-1.00', '4.00'],
        ['ISSUE', '5.00', '5.00'],
      ]);
    }
    const [card] = cards;
    const reason = card && (await read(card))?.statement.edges[0]?.node.reason;
    expect(reason).toMatch(/^maintenance from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d$/);
  });

  test('goes on over more periods than one decision takes, until the card is empty', async () => {
    const card = nth(await api.cards({ count: 1, maintenanceFee: 40_000n, maintenanceEveryDays: 1 }), 0);
    await letTimePass(card, 150);
    for (let run = 0; run < 3; run += 1) await writer.run(noteTimeCommand(SYSTEM_ACTOR, card.uuid));
    expect((await statementOf(card))[0]).toEqual(['MAINTENANCE_FEE', '-0.04', '0.00']);
    const [transfers] = await api.db.database.sql`
      SELECT count(*)::int AS count FROM transfers WHERE card_id = ${card.uuid} AND kind = 'MAINTENANCE_FEE'`;
    expect(transfers).toEqual({ count: 125 });
  });

  test('is not taken from a locked card, nor for the time it was locked', async () => {
    const card = nth(await api.cards({ count: 1, ...monthly }), 0);
    await writer.run(firstUseCommand(OPERATOR, { cardId: card.uuid, known: false }));
    const input = { card: { id: card.id } };
    const { result } = await api.administrator.request(LockCardDocument, {
      input: { ...input, reason: 'OPERATOR' },
    });
    succeeded(result);
    await api.db.database.sql`
      UPDATE cards SET next_fee_at = next_fee_at - interval '75 days' WHERE id = ${card.uuid}`;
    await runJob();
    succeeded((await api.administrator.request(UnlockCardDocument, { input })).result);
    await runJob();
    expect(await statementOf(card)).toEqual([['ISSUE', '5.00', '5.00']]);
    const [row] = await api.db.database.sql`
      SELECT next_fee_at = due_at AND next_fee_at BETWEEN now() + interval '14 days' AND now() + interval '15 days' AS next
      FROM cards WHERE id = ${card.uuid}`;
    expect(row).toEqual({ next: true });
  });

  test('is published live, with the balance after it', async () => {
    const card = nth(
      await api.cards({ count: 1, firstUseFee: EURO, ...monthly, partnerId: api.partner.uuid }),
      0,
    );
    const changes = api.partner.client.subscribe(CardBalanceChangedDocument, {
      cardIds: [card.id],
      after: BEGINNING,
    });
    await letTimePass(card, 31);
    await runJob();
    const told = [];
    for await (const { cardBalanceChanged } of changes) {
      told.push([cardBalanceChanged.change.amount, cardBalanceChanged.balance.amount]);
      if (told.length === 3) break;
    }
    expect(told).toEqual([
      ['5.00', '5.00'],
      ['-1.00', '4.00'],
      ['-1.00', '3.00'],
    ]);
  });
});

test('the fees are the operator’s, in an account of their own, and explain every balance', async () => {
  const [fees] = await api.db.database.sql`
    SELECT count(*)::int AS transfers, bool_and(t.card_id = t.debit_account) AS from_cards
    FROM transfers t JOIN ledger_accounts l ON l.id = t.credit_account WHERE l.kind = 'FEES'`;
  expect(fees).toMatchObject({ from_cards: true });
  expect(fees?.transfers).toBeGreaterThan(100);
  const { verification } = await api.administrator.request(VerificationDocument);
  expect(verification.discrepancies).toEqual([]);
});
