import { describe, expect, test, vi } from 'vitest';
import {
  AuthenticateCardDocument,
  CreateApiKeyDocument,
  CreatePartnerDocument,
  MovePartnerDocument,
  RechargeCardDocument,
  RevokeApiKeyDocument,
} from '../../src/client/operations.ts';
import { fromGlobalId } from '../../src/graphql/core/global-id.ts';
import type { EventHub } from '../../src/realtime/event-hub.ts';
import type { LiveStats } from '../../src/realtime/live-stats.ts';
import { createServices } from '../../src/server/services.ts';
import { type ApiCard, euros, newKey, nth, useApi } from '../harness/api.ts';
import { BEGINNING } from '../harness/batches.ts';
import { type Feed, openFeed, type Transport } from '../harness/network/feed.ts';
import { succeeded } from '../harness/refusals.ts';

/** Where executions of subscriptions register: those that are shared count once. */
let hub: EventHub;
let stats: LiveStats;
const api = useApi({
  overrides: {
    createServices: async (ground) => {
      const services = await createServices(ground);
      const context = services.makeContext({} as never);
      hub = context.log.hub;
      stats = context.stats;
      return services;
    },
  },
});

const QUERY = `subscription ($after: Cursor, $cardIds: [ID!]) {
  cardBalanceChanged(after: $after, cardIds: $cardIds) {
    cursor change { amount } serials { from } currentCard { batch { id } }
  }
}`;

interface Change {
  readonly cursor: string;
  readonly change: { readonly amount: string };
  readonly serials: { readonly from: string };
  readonly currentCard: { readonly batch: { readonly id: string } | null } | null;
}

interface Screen {
  readonly changes: Change[];
  readonly refused: string[];
  readonly feed: Feed;
}

const screens: Screen[] = [];

/** A dashboard; what came before it too, so that none begins too late for what a test does next. */
function open(transport: Transport, key: string, variables: object = {}): Screen {
  const changes: Change[] = [];
  const refused: string[] = [];
  const feed = openFeed(transport, {
    url: api.url,
    key,
    query: QUERY,
    variables: { after: BEGINNING, ...variables },
    onData: ({ cardBalanceChanged }) => changes.push(cardBalanceChanged as Change),
    onErrors: (errors) => refused.push(...errors.map(({ extensions }) => extensions?.code ?? '')),
  });
  const screen = { changes, refused, feed };
  screens.push(screen);
  return screen;
}

const openSome = (count: number, ...given: Parameters<typeof open>) =>
  Array.from({ length: count }, () => open(...given));

async function closeAll(): Promise<void> {
  for (const { feed } of screens.splice(0)) feed.cut();
  await expect.poll(() => hub.subscribers, { timeout: 10_000 }).toBe(0);
}

const recharge = async ({ id }: Pick<ApiCard, 'id'>, amount: string) =>
  succeeded(
    (
      await api.administrator.request(RechargeCardDocument, {
        input: { card: { id }, amount: euros(amount), idempotencyKey: newKey() },
      })
    ).result,
  );

const amountsOf = ({ changes }: Screen) => changes.map(({ change }) => change.amount);
const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000 });
const lastly = (screen: Screen, ...amounts: string[]) =>
  until(() => expect(amountsOf(screen).slice(-amounts.length)).toEqual(amounts));

const operatorKey = async (scopes: ('READ' | 'CARDS')[] | null) => {
  const input = { name: 'Wall', role: 'ADMINISTRATOR' as const, scopes };
  const { result } = await api.administrator.request(CreateApiKeyDocument, { input });
  return succeeded(result);
};

describe.each<Transport>(['WebSocket', 'SSE'])('over %s', (transport) => {
  // Every screen begins with all that was before: an amount that both ways had could be taken for the other's.
  const sum = (whole: number) => `${transport === 'SSE' ? whole + 20 : whole}.00`;

  test('identical operations with identical rights share one execution, others do not', async () => {
    const [first, second] = [await api.secret('ADMINISTRATOR'), await api.secret('ADMINISTRATOR')];
    const operators = [...openSome(4, transport, first), ...openSome(4, transport, second)];
    const restricted = openSome(2, transport, (await operatorKey(['READ'])).secret);
    const support = openSome(3, transport, await api.secret('SUPPORT'));
    const mine = openSome(3, transport, await api.secret('PARTNER', api.partner.id));
    const theirs = openSome(3, transport, await api.secret('PARTNER', api.rival.id));
    const inAll = [...operators, ...restricted, ...support];

    await recharge(nth(api.partner.batch, 0), sum(7));
    await recharge(nth(api.rival.batch, 0), sum(8));
    for (const screen of inAll) await lastly(screen, sum(7), sum(8));
    for (const screen of mine) await lastly(screen, sum(7));
    for (const screen of theirs) await lastly(screen, sum(8));
    await expect.poll(() => hub.subscribers, { timeout: 20_000 }).toBe(5);

    // The one that each was told is the same for all who have the same rights.
    for (const { changes } of inAll) expect(changes).toEqual(operators[0]?.changes);
    for (const { changes } of mine) expect(changes).toEqual(mine[0]?.changes);
    expect(amountsOf(mine[0] as Screen)).not.toContain(sum(8));
    expect(amountsOf(theirs[0] as Screen)).not.toContain(sum(7));

    // Whoever comes back in between, in the middle of them, goes on behind its cursor.
    const cursor = operators[0]?.changes.at(-2)?.cursor ?? '';
    const resumed = openSome(3, transport, second, { after: cursor });
    for (const screen of resumed) await until(() => expect(amountsOf(screen)).toEqual([sum(8)]));
    await recharge(nth(api.partner.batch, 0), sum(9));
    for (const screen of resumed) await until(() => expect(amountsOf(screen)).toEqual([sum(8), sum(9)]));
    await expect.poll(() => hub.subscribers, { timeout: 20_000 }).toBe(5);
    await closeAll();
  });

  test('a role never sees what it may not see because another role shares the subscription', async () => {
    const card = nth(api.partner.batch, 1);
    const ani = transport === 'SSE' ? '+390655510001' : '+390655510002';
    await api.db.database.sql`
      INSERT INTO number_bindings (number, card_id, created_at) VALUES (${ani}, ${card.uuid}, now())`;
    const { result } = await api.ivr.request(AuthenticateCardDocument, { input: { by: { ani } } });
    const variables = { cardIds: [card.id] };
    const operator = open(transport, await api.secret('ADMINISTRATOR'), variables);
    const holder = open(transport, succeeded(result).token, variables);
    await until(() => expect(operator.changes).not.toEqual([]));
    await until(() => expect(holder.refused).not.toEqual([]));
    await recharge(card, sum(6));
    await lastly(operator, sum(6));
    await until(() => expect(holder.refused).toHaveLength(operator.changes.length));
    expect(operator.changes.at(-1)?.currentCard?.batch?.id).toBe(api.partner.batch.id);
    expect(new Set(holder.refused)).toEqual(new Set(['FORBIDDEN']));
    expect(operator.refused).toEqual([]);
    await closeAll();
  });

  test('a partner that moves takes its events along, including those just delivered', async () => {
    const input = { name: `Below, over ${transport}`, currency: 'EUR', parentId: api.partner.id };
    const created = await api.administrator.request(CreatePartnerDocument, { input });
    const { id } = succeeded(created.result).partner;
    const batch = await api.cards({ count: 1, partnerId: fromGlobalId('Partner', id) });
    const above = await api.secret('PARTNER', api.partner.id);
    const other = await api.secret('PARTNER', api.rival.id);
    const [before, rival] = [open(transport, above), open(transport, other)];
    await recharge(nth(batch, 0), sum(11));
    await lastly(before, sum(11));

    const move = { id, parentId: api.rival.id };
    succeeded((await api.administrator.request(MovePartnerDocument, move)).result);
    // It shows in its new branch as soon as this instance has heard of it.
    await expect
      .poll(
        async () => {
          await recharge(nth(batch, 0), sum(12));
          return amountsOf(rival);
        },
        { timeout: 20_000 },
      )
      .toContain(sum(12));
    await recharge(nth(api.partner.batch, 0), sum(13));
    await lastly(before, sum(13));
    expect(amountsOf(before).slice(-2)).toEqual([sum(11), sum(13)]);

    // Beside those who were told: nothing of it is left over for who comes now.
    const late = open(transport, above);
    await lastly(late, sum(13));
    expect(amountsOf(late)).not.toContain(sum(11));
    await closeAll();
  });

  test('revoking a key ends only its own subscriptions', async () => {
    const kept = open(transport, await api.secret('ADMINISTRATOR'));
    const key = await operatorKey(null);
    const revoked = openSome(2, transport, key.secret);
    await recharge(nth(api.partner.batch, 2), sum(5));
    for (const screen of [kept, ...revoked]) await lastly(screen, sum(5));
    await api.administrator.request(RevokeApiKeyDocument, { id: key.apiKey.id });
    for (const { feed } of revoked) {
      expect(await feed.ended).toEqual(transport === 'SSE' ? {} : { code: 4403 });
    }
    await recharge(nth(api.partner.batch, 2), sum(6));
    await lastly(kept, sum(6));
    for (const screen of revoked) expect(amountsOf(screen).at(-1)).toBe(sum(5));
    await closeAll();
  });

  test('dashboards with the same figures share one execution, at once and then every second', async () => {
    const board = (key: string) => {
      const told: string[] = [];
      const feed = openFeed(transport, {
        url: api.url,
        key,
        query: 'subscription { liveStats { at rechargesPerMinute } }',
        variables: {},
        onData: ({ liveStats }) => told.push((liveStats as { at: string }).at),
      });
      return { told, feed };
    };
    const boards = (count: number, key: string) => Array.from({ length: count }, () => board(key));
    const ofAll = boards(10, await api.secret('ADMINISTRATOR'));
    const ofOne = boards(10, await api.secret('PARTNER', api.partner.id));
    for (const { told } of [...ofAll, ...ofOne]) await until(() => expect(told.length).toBeGreaterThan(1));
    expect(stats.watchers).toBe(2);
    // The same second for all of them: each has been told at least the one that came after it had begun.
    const last = ofAll[0]?.told.at(-1);
    for (const { told } of ofAll) await until(() => expect(told).toContain(last));
    for (const { feed } of [...ofAll, ...ofOne]) feed.cut();
    await until(() => expect(stats.watchers).toBe(0));
  });
});
