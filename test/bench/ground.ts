import { setTimeout as delay } from 'node:timers/promises';
import { ask } from './api.ts';
import type { BenchServer } from './server.ts';

export interface Ground {
  readonly rateGroupId: string;
  /** Each with a key of its own and its cards. */
  readonly partners: readonly { key: string; cardIds: readonly string[] }[];
}

/** What a benchmark runs against. */
export interface Bench {
  readonly server: BenchServer;
  readonly ground: Ground;
  readonly databaseUrl: string;
}

const PARTNERS = 20;

/** Partners with money, and recharge cards of theirs, all through the API. */
export async function prepareGround(server: BenchServer, cardCount: number): Promise<Ground> {
  const { rateGroups } = await ask<{ rateGroups: { edges: { node: { id: string } }[] } }>(
    server,
    '{ rateGroups(first: 1) { edges { node { id } } } }',
  );
  const rateGroupId = rateGroups.edges[0]?.node.id ?? '';
  const partners = [];
  for (let n = 0; n < PARTNERS; n += 1) {
    partners.push(
      await preparePartner(server, { name: `Partner ${n}`, rateGroupId, cardCount: cardCount / PARTNERS }),
    );
  }
  return { rateGroupId, partners };
}

async function preparePartner(
  server: BenchServer,
  { name, rateGroupId, cardCount }: { name: string; rateGroupId: string; cardCount: number },
) {
  const { createPartner } = await ask<{ createPartner: { partner: { id: string } } }>(
    server,
    'mutation ($name: String!) { createPartner(input: { name: $name, currency: "EUR" }) { ... on CreatePartnerPayload { partner { id } } } }',
    { name },
  );
  const partnerId = createPartner.partner.id;
  await ask(
    server,
    'mutation ($id: ID!, $key: ID!) { topUpPartner(input: { partnerId: $id, amount: { amount: "900000000", currency: "EUR" }, idempotencyKey: $key }) { __typename } }',
    { id: partnerId, key: name },
  );
  const { createApiKey } = await ask<{ createApiKey: { secret: string } }>(
    server,
    'mutation ($id: ID!, $name: String!) { createApiKey(input: { name: $name, role: PARTNER, partnerId: $id }) { ... on CreateApiKeyPayload { secret } } }',
    { id: partnerId, name },
  );
  const { createCardBatch } = await ask<{ createCardBatch: { cardBatch: { id: string } } }>(
    server,
    'mutation ($input: CreateCardBatchInput!) { createCardBatch(input: $input) { ... on CreateCardBatchPayload { cardBatch { id } } ... on Error { message } } }',
    {
      input: {
        name,
        type: 'RECHARGEABLE',
        quantity: cardCount,
        faceValue: { amount: '5', currency: 'EUR' },
        rateGroupId,
        partnerId,
      },
    },
  );
  const batchId = createCardBatch.cardBatch.id;
  await untilReady(server, batchId);
  await ask(server, 'mutation ($id: ID!) { activateCards(cards: { batchId: $id }) { __typename } }', {
    id: batchId,
  });
  return { key: createApiKey.secret, cardIds: await cardIds(server, batchId) };
}

export async function untilReady(server: BenchServer, batchId: string): Promise<void> {
  for (;;) {
    const { node } = await ask<{ node: { state: string } }>(
      server,
      'query ($id: ID!) { node(id: $id) { ... on CardBatch { state } } }',
      { id: batchId },
    );
    if (node.state === 'READY') return;
    await delay(50);
  }
}

async function cardIds(server: BenchServer, batchId: string): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    type Page = {
      cards: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    };
    const { cards }: Page = await ask<Page>(
      server,
      'query ($id: ID!, $after: String) { cards(first: 100, after: $after, filter: { batchId: $id }) { edges { node { id } } pageInfo { hasNextPage endCursor } } }',
      { id: batchId, after },
    );
    ids.push(...cards.edges.map(({ node }) => node.id));
    after = cards.pageInfo.hasNextPage ? cards.pageInfo.endCursor : null;
  } while (after !== null);
  return ids;
}
