import { describe, expect, test } from 'vitest';
import type { Client } from '../../../src/client/client.ts';
import {
  BindNumberDocument,
  CardDocument,
  MoveNumberDocument,
  NumberBindingsDocument,
  UnbindNumberDocument,
} from '../../../src/client/operations.ts';
import { type ApiCard, nth, useApi } from '../../harness/api.ts';
import { expectForbidden, expectRefusal, succeeded } from '../../harness/refusals.ts';

const api = useApi();

interface Asked {
  by?: Client;
  country?: string;
}

const input = ({ id }: ApiCard, number: string, { country }: Asked) => ({
  input: { card: { id }, number, ...(country && { country }) },
});
const bind = (card: ApiCard, number: string, asked: Asked = {}) =>
  (asked.by ?? api.administrator).request(BindNumberDocument, input(card, number, asked));
const unbind = (card: ApiCard, number: string, asked: Asked = {}) =>
  (asked.by ?? api.administrator).request(UnbindNumberDocument, input(card, number, asked));
const move = (card: ApiCard, number: string, asked: Asked = {}) =>
  (asked.by ?? api.administrator).request(MoveNumberDocument, input(card, number, asked));

let next = 0;
/** A number in Rome that nothing is bound to. */
const freshNumber = () => `+39061234${String(1000 + next++)}`;

/** Cards that can't have numbers, by the refusal each gives. */
async function unfitCards() {
  const { sql } = api.db.database;
  const { cards } = await api.cards({ count: 4 });
  const [locked, deactivated, ended, full] = cards as [ApiCard, ApiCard, ApiCard, ApiCard];
  await sql`UPDATE cards SET locked_at = now(), lock_reason = 'OPERATOR' WHERE id = ${locked.uuid}`;
  await sql`UPDATE cards SET status = 'DEACTIVATED' WHERE id = ${deactivated.uuid}`;
  await sql`UPDATE cards SET valid_until = now() - interval '2 days', grace_until = now() - interval '1 day'
            WHERE id = ${ended.uuid}`;
  for (let count = 0; count < 5; count += 1) succeeded((await bind(full, freshNumber())).result);
  return [
    ['CARD_INACTIVE', nth(await api.cards({ count: 1, active: false }), 0)],
    ['CARD_LOCKED', locked],
    ['CARD_DEACTIVATED', deactivated],
    ['CARD_CLOSED', ended],
    ['TOO_MANY_BINDINGS', full],
  ] as const;
}

describe('bindNumber', () => {
  test('makes a number stand for a card, for each role', async () => {
    for (const by of [api.administrator, api.partner.client, api.ivr]) {
      const [card, number] = [nth(api.partner.batch, 0), freshNumber()];
      const bound = succeeded((await bind(card, number, { by })).result);
      expect(bound).toMatchObject({ number, card: { id: card.id } });
      if (by === api.ivr) continue;
      const found = await by.request(CardDocument, { by: { boundNumber: number } });
      expect(found.card?.id).toBe(card.id);
    }
  });

  test('all forms of one number are one number', async () => {
    const card = nth(api.partner.batch, 1);
    expect(succeeded((await bind(card, '+390655501234')).result).number).toBe('+390655501234');
    const forms = [
      { number: '00390655501234' },
      { number: '+39 06 5550 1234' },
      { number: '+39-06-5550-1234' },
      { number: '06 5550 1234', country: 'IT' },
      { number: '0655501234' },
      { number: '011 39 06 5550 1234', country: 'US' },
    ];
    for (const { number, country } of forms) {
      const refused = await expectRefusal(api, 'NUMBER_ALREADY_BOUND', () =>
        bind(card, number, country ? { country } : {}),
      );
      expect(refused).toMatchObject({ sameCard: true });
    }
    const elsewhere = await expectRefusal(api, 'NUMBER_ALREADY_BOUND', () =>
      bind(nth(api.partner.batch, 2), '0655501234'),
    );
    expect(elsewhere).toMatchObject({ sameCard: false });
  });

  test('is refused by name and changes nothing', async () => {
    const card = nth(api.partner.batch, 2);
    await expectRefusal(api, 'INVALID_PHONE_NUMBER', () => bind(card, '12'));
    await expectRefusal(api, 'INVALID_PHONE_NUMBER', () => bind(card, 'anonymous'));
    await expectRefusal(api, 'INVALID_INPUT', () => bind(card, '0655501234', { country: 'XX' }));
    for (const [code, unfit] of await unfitCards()) {
      await expectRefusal(api, code, () => bind(unfit, freshNumber()));
    }
    await expectRefusal(api, 'NOT_FOUND', () =>
      bind(nth(api.rival.batch, 0), freshNumber(), { by: api.partner.client }),
    );
  });
});

describe('unbindNumber', () => {
  test('ends a binding, whatever form the number is written in, for each role', async () => {
    for (const by of [api.administrator, api.partner.client, api.ivr]) {
      const [card, number] = [nth(api.partner.batch, 3), freshNumber()];
      await bind(card, number);
      expect(succeeded((await unbind(card, number.replace('+39', '0039 '), { by })).result).number).toBe(
        number,
      );
    }
  });

  test('is refused by name and changes nothing', async () => {
    const [card, number] = [nth(api.rival.batch, 1), freshNumber()];
    succeeded((await bind(card, number)).result);
    await expectRefusal(api, 'NUMBER_NOT_BOUND', () => unbind(card, freshNumber()));
    const wrong = nth(api.partner.batch, 0);
    const elsewhere = await expectRefusal(api, 'NUMBER_NOT_BOUND', () => unbind(wrong, number));
    expect(elsewhere.message).toContain(`${number} is not bound to card ${wrong.serial}`);
    await expectRefusal(api, 'INVALID_PHONE_NUMBER', () => unbind(card, '12'));
    await expectRefusal(api, 'INVALID_INPUT', () => unbind(card, '0612', { country: 'Italy' }));
    await expectRefusal(api, 'NOT_FOUND', () => unbind(card, number, { by: api.partner.client }));
  });
});

describe('moveNumber', () => {
  test('a number goes from one card to another in one step', async () => {
    const { client: by, batch } = api.rival;
    const number = freshNumber();
    await bind(nth(batch, 2), number);
    const moved = succeeded((await move(nth(batch, 3), number, { by })).result);
    expect(moved).toMatchObject({ number, card: { id: nth(batch, 3).id } });
    succeeded((await move(nth(batch, 2), number)).result);
  });

  test('is refused by name and changes nothing', async () => {
    const number = freshNumber();
    const [from, to] = [nth(api.rival.batch, 4), nth(api.rival.batch, 5)];
    await bind(from, number);
    await expectRefusal(api, 'NUMBER_NOT_BOUND', () => move(to, freshNumber()));
    await expectRefusal(api, 'NUMBER_ALREADY_BOUND', () => move(from, number));
    await expectRefusal(api, 'INVALID_PHONE_NUMBER', () => move(to, '12'));
    await expectRefusal(api, 'INVALID_INPUT', () => move(to, '0612', { country: 'Italy' }));
    for (const [code, unfit] of await unfitCards()) {
      await expectRefusal(api, code, () => move(unfit, number));
    }
    await expectForbidden(api, () => move(to, number, { by: api.ivr }));
  });

  test('another partner’s number is as good as none', async () => {
    const number = freshNumber();
    await bind(nth(api.rival.batch, 4), number);
    const mine = nth(api.partner.batch, 4);
    const by = api.partner.client;
    const theirs = await expectRefusal(api, 'NUMBER_NOT_BOUND', () => move(mine, number, { by }));
    const free = freshNumber();
    const nobodys = await expectRefusal(api, 'NUMBER_NOT_BOUND', () => move(mine, free, { by }));
    expect(theirs.message.replace(number, '…')).toBe(nobodys.message.replace(free, '…'));
    succeeded((await bind(mine, free, { by })).result);
    await expectRefusal(api, 'NOT_FOUND', () => move(nth(api.rival.batch, 5), free, { by }));
  });
});

test('numberBindings lists those of one’s own cards', async () => {
  const list = async (by: Client, cardId?: string) =>
    (await by.request(NumberBindingsDocument, { first: 100, ...(cardId && { cardId }) })).numberBindings
      .edges;
  const foreign = nth(api.rival.batch, 4).id;
  expect((await list(api.rival.client, foreign)).length).toBeGreaterThan(0);
  expect(await list(api.partner.client, foreign)).toEqual([]);
  const own = new Set(api.partner.batch.cards.map(({ id }) => id));
  const listed = await list(api.partner.client);
  expect(listed.length).toBeGreaterThan(0);
  for (const { node } of listed) expect(own).toContain(node.card.id);
  await expectForbidden(api, () => list(api.ivr));
});
