import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  BindNumberDocument,
  CardBatchDocument,
  CardDocument,
  CardScreenDocument,
  CardsDocument,
  NumberBindingsDocument,
  type PageFieldsFragment,
  RechargeCardDocument,
  RechargesDocument,
} from '../../../src/client/operations.ts';
import { createServices } from '../../../src/server/services.ts';
import { relations } from '../../../src/store/schema/relations.ts';
import { type ApiBatch, euros, newKey, nth, useApi } from '../../harness/api.ts';
import { failure } from '../../harness/refusals.ts';

let batch: ApiBatch;
/** Statements sent by the screens' pool. */
let statements: string[] = [];
let counted: postgres.Sql;
const api = useApi({
  overrides: {
    createServices: (ground) => {
      const url = ground.settings.databaseUrl ?? '';
      counted = postgres(url, { max: 4, debug: (_connection, query) => statements.push(query) });
      const screens = drizzle({ client: counted, relations });
      return createServices({ ...ground, database: { ...ground.database, drizzle: screens } });
    },
  },
});

beforeAll(async () => {
  const partnerId = api.partner.uuid;
  batch = await api.cards({ count: 23, partnerId });
  const { administrator } = api;
  for (const [place, card] of batch.cards.entries()) {
    const number = `+390612345${String(100 + place)}`;
    await administrator.request(BindNumberDocument, { input: { card: { id: card.id }, number } });
    for (const amount of ['1', '2']) await recharge(card.id, amount);
  }
});
afterAll(async () => {
  await counted.end();
});

const recharge = (id: string, amount = '1') =>
  api.administrator.request(RechargeCardDocument, {
    input: { card: { id }, amount: euros(amount), idempotencyKey: newKey() },
  });

describe('the number of SQL statements does not grow with the number of rows', () => {
  const count = async (first: number, transfers: number) => {
    const variables = { filter: { batchId: batch.id }, first, transfers };
    // Once before, so that nothing is counted that only a first time needs.
    await api.partner.client.request(CardScreenDocument, variables);
    statements = [];
    const { cards } = await api.partner.client.request(CardScreenDocument, variables);
    expect(cards.edges).toHaveLength(first);
    for (const { node } of cards.edges) {
      expect(node.statement.edges).toHaveLength(Math.min(transfers, 3));
      expect(node.numberBindings.edges).toHaveLength(1);
    }
    return statements.length;
  };

  test('cards with batch, rate group, partner, numbers and statement', async () => {
    const one = await count(1, 1);
    expect([await count(5, 3), await count(20, 2), await count(20, 10)]).toEqual([one, one, one]);
    expect(one).toBeLessThanOrEqual(2);
  });
});

interface Page {
  readonly edges: readonly { readonly node: object }[];
  readonly pageInfo: PageFieldsFragment;
}
interface PageArgs {
  first?: number;
  after?: string | null;
  last?: number;
  before?: string | null;
}

/** All items, page by page, forwards or backwards. */
async function walk(page: (args: PageArgs) => Promise<Page>, size: number, forwards: boolean) {
  const found: object[] = [];
  for (let cursor: string | null = null, more = true; more; ) {
    const { edges, pageInfo }: Page = await page(
      forwards ? { first: size, after: cursor } : { last: size, before: cursor },
    );
    const nodes = edges.map(({ node }) => node);
    expect(nodes.length).toBeLessThanOrEqual(size);
    if (forwards) found.push(...nodes);
    else found.unshift(...nodes);
    more = forwards ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
    cursor = forwards ? pageInfo.endCursor : pageInfo.startCursor;
  }
  return found;
}

describe('paging through a list shows each row exactly once', () => {
  const filter = () => ({ batchId: batch.id });
  const lists: [string, number, (args: PageArgs) => Promise<Page>][] = [
    [
      'cards, lowest serial first',
      23,
      async (args) => (await api.partner.client.request(CardsDocument, { filter: filter(), ...args })).cards,
    ],
    [
      'cards, highest serial first',
      23,
      async (args) =>
        (
          await api.partner.client.request(CardsDocument, {
            filter: filter(),
            orderBy: 'SERIAL_DESC',
            ...args,
          })
        ).cards,
    ],
    [
      'cards of a batch',
      23,
      async (args) => {
        const { node } = await api.partner.client.request(CardBatchDocument, { id: batch.id, ...args });
        if (!node || !('cards' in node)) throw new Error('The batch is not there.');
        return node.cards;
      },
    ],
    ['recharges', 46, async (args) => (await api.administrator.request(RechargesDocument, args)).recharges],
    [
      'bound numbers',
      23,
      async (args) => (await api.administrator.request(NumberBindingsDocument, args)).numberBindings,
    ],
  ];

  test.each(lists)('%s', async (_name, total, page) => {
    const all = (await page({ first: 100 })).edges.map(({ node }) => node);
    expect(all).toHaveLength(total);
    for (const size of [1, 7, total, 100]) {
      if (size === 1 && total > 30) continue;
      expect(await walk(page, size, true)).toEqual(all);
      expect(await walk(page, size, false)).toEqual(all);
    }
  });

  test('a row inserted while a client pages neither hides nor duplicates another', async () => {
    const page = async (after: string | null) =>
      (await api.administrator.request(RechargesDocument, { first: 10, after })).recharges;
    const before = (await api.administrator.request(RechargesDocument, { first: 100 })).recharges.edges;
    const found: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { edges, pageInfo }: Awaited<ReturnType<typeof page>> = await page(after);
      found.push(...edges.map(({ node }) => node.id));
      await recharge(nth(batch, 0).id);
      [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    expect(found).toEqual(before.map(({ node }) => node.id));
  });
});

test('a statement continues after its cursor', async () => {
  const by = { id: nth(batch, 5).id };
  const read = async (after?: string) => {
    const { card } = await api.partner.client.request(CardDocument, {
      by,
      transfers: 1,
      ...(after && { after }),
    });
    return card?.statement;
  };
  const kinds = [];
  for (let page = await read(); page; page = await read(page.pageInfo.endCursor ?? '')) {
    kinds.push(...page.edges.map(({ node }) => node.cardBalanceAfter?.amount));
    if (!page.pageInfo.hasNextPage) break;
  }
  expect(kinds).toEqual(['8.00', '6.00', '5.00']);
});

test('impossible pages are refused, and so is one that is longer than a page may be', async () => {
  const ask = (args: PageArgs) => () => api.administrator.request(CardsDocument, args);
  await expect(ask({ first: 5, after: 'made up' })()).rejects.toThrow('This cursor is none of this list');
  await expect(ask({ first: -1 })()).rejects.toThrow('non-negative');
  await expect(ask({ first: 1, last: 1 })()).rejects.toThrow('not supported at the same time');
  for (const args of [{ first: 101 }, { first: 1_000 }, { last: 101 }]) {
    expect(await failure(ask(args))).toBe('BAD_USER_INPUT');
  }
  await expect(ask({ first: 101 })()).rejects.toThrow('a page has at most 100 items');
  await api.cards({ count: 90 });
  const { cards } = await ask({ first: 100 })();
  expect(cards.edges).toHaveLength(100);
});
