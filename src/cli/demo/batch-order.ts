import type { Client } from '../../client/client.ts';
import {
  CardBatchDocument,
  CardBatchProgressDocument,
  CreateCardBatchDocument,
} from '../../client/operations.ts';
import { accepted, DemoFailed } from './failure.ts';
import { grouped, say } from './narrator.ts';
import { pause } from './pace.ts';

const ASK_EVERY_MS = 250;

interface Order {
  readonly partner: { readonly id: string; readonly name: string };
  readonly rateGroupId: string;
  readonly quantity: number;
}

/** Orders a batch of rechargeable cards. @returns its id, at once: the cards are made in the background. */
export async function orderBatch(
  operator: Client,
  { partner, rateGroupId, quantity }: Order,
): Promise<string> {
  const { result } = await operator.request(CreateCardBatchDocument, {
    input: {
      name: `Demo cards of ${partner.name}`,
      type: 'RECHARGEABLE',
      quantity,
      faceValue: { amount: '5.00', currency: 'EUR' },
      validityDays: 90,
      graceDays: 7,
      rateGroupId,
      partnerId: partner.id,
      serialPrefix: 'DEMO-',
      recharge: { min: '1.00', max: '100.00', extendsValidityDays: 30 },
    },
  });
  say('operator', `Orders ${grouped(quantity)} cards of 5.00 EUR for ${partner.name}.`);
  return accepted(result).cardBatch.id;
}

/**
 * Watches a batch until its cards are made. The subscription reports only later events; a query finds out whether the
 * batch was already ready.
 *
 * @param watcher a separate client, which is closed at the end.
 * @returns the last cursor received.
 */
export async function watchBatch(
  { operator, watcher }: { operator: Client; watcher: Client },
  batchId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const narration = narrateProgress(watcher, batchId);
  try {
    while (!(await isReady(operator, batchId))) {
      signal.throwIfAborted();
      await pause(ASK_EVERY_MS, signal);
    }
  } finally {
    await watcher.close();
  }
  return narration;
}

async function narrateProgress(watcher: Client, batchId: string): Promise<string | undefined> {
  let last: string | undefined;
  for await (const { cardBatchProgress } of watcher.subscribe(CardBatchProgressDocument, { batchId })) {
    const { cursor, made, total, cardsPerSecond } = cardBatchProgress;
    last = cursor;
    const pace = cardsPerSecond ? `, ${grouped(Math.round(cardsPerSecond))} a second` : '';
    say('operator', `  ${grouped(made)} of ${grouped(total)} cards are made${pace}.`);
    if (made === total) break;
  }
  return last;
}

async function isReady(operator: Client, id: string): Promise<boolean> {
  const { node } = await operator.request(CardBatchDocument, { id, first: 0 });
  if (!node || !('state' in node)) throw new DemoFailed('The batch no longer exists.');
  if (node.state === 'FAILED' || node.state === 'CANCELLED') {
    throw new DemoFailed(`The batch ended as ${node.state}: ${node.failure ?? 'by another user'}.`);
  }
  return node.state === 'READY';
}
