import { afterAll, expect, test } from 'vitest';
import { verify } from '../../src/store/verification.ts';
import { newKey, nth, useApi } from '../harness/api.ts';

/** More than are admitted before the server knows its speed, and fewer than one key may have in progress, for each. */
const OWNERS = 3;
const EACH = 250;

const api = useApi({ environment: { TARGET_DELAY_MS: '400' } });
afterAll(async () => {
  expect(await verify(api.db.database.sql)).toMatchObject({ clean: true });
});

test('more than can be done in time are refused at once, and done once when they are sent again', async () => {
  const { sql } = api.db.database;
  const card = nth(await api.cards({ count: 1, type: 'RECHARGEABLE' }), 0);
  const keys = await Promise.all(Array.from({ length: OWNERS }, () => api.secret('ADMINISTRATOR')));
  const requests = keys.flatMap((key) =>
    Array.from({ length: EACH }, () => ({ key, idempotencyKey: newKey() })),
  );
  const send = async ({ key, idempotencyKey }: { key: string; idempotencyKey: string }) => {
    const response = await fetch(api.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `mutation ($input: RechargeCardInput!) { rechargeCard(input: $input) { __typename } }`,
        variables: {
          input: { card: { id: card.id }, amount: { amount: '0.01', currency: 'EUR' }, idempotencyKey },
        },
      }),
    });
    const { data, errors } = (await response.json()) as {
      data?: { rechargeCard: { __typename: string } };
      errors?: { extensions: Record<string, unknown> }[];
    };
    return {
      status: response.status,
      after: response.headers.get('retry-after'),
      result: data?.rechargeCard.__typename,
      extensions: errors?.[0]?.extensions,
    };
  };

  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const locked = sql.begin(async (tx) => {
    await tx`SELECT FROM event_head FOR UPDATE`;
    await released;
  });
  const answers: Awaited<ReturnType<typeof send>>[] = [];
  const sent = requests.map(async (request) => {
    const answer = await send(request);
    answers.push(answer);
    return { request, answer };
  });
  // What is refused is answered while the rest still waits for the lock.
  await expect.poll(() => answers.length, { timeout: 20_000 }).toBeGreaterThan(100);
  expect(answers.map(({ result }) => result)).not.toContain('RechargeCardPayload');
  release();
  await locked;
  const outcomes = await Promise.all(sent);
  const refused = outcomes.filter(({ answer }) => answer.status === 503);
  expect(refused.length).toBeGreaterThan(100);
  for (const { answer } of refused) {
    expect(answer).toEqual({
      status: 503,
      after: '1',
      result: undefined,
      extensions: { code: 'OVERLOADED', retryable: true, retryAfterSeconds: 1 },
    });
  }
  // Those that waited for the lock until their time was over, too.
  const isDone = ({ answer }: (typeof outcomes)[number]) => answer.result === 'RechargeCardPayload';
  for (let waiting = outcomes.filter((each) => !isDone(each)); waiting.length > 0; ) {
    const again = await Promise.all(
      waiting.slice(0, 100).map(async ({ request }) => ({ request, answer: await send(request) })),
    );
    waiting = [...waiting.slice(100), ...again.filter((each) => !isDone(each))];
  }
  const [row] = await sql<{ balance: bigint }[]>`SELECT balance FROM cards WHERE id = ${card.uuid}`;
  expect(row?.balance).toBe(5_000_000n + BigInt(requests.length) * 10_000n);
});
