/**
 * Thousands of WebSockets that count what they are sent, as a process of its own. It is told over IPC what to open and
 * what to wait for.
 */
import type { Socket } from 'node:net';
import { cursorIn, openRawSocket } from '../harness/network/raw-socket.ts';

export interface Seats {
  readonly port: number;
  /** One socket for each; undefined: a socket that asks for nothing. */
  readonly subscriptions: readonly ({ key: string; query: string; variables: object } | undefined)[];
}

export type AudienceOrder =
  | { readonly open: Seats }
  /** Answered when so many messages came since the last time it was asked. */
  | { readonly await: number }
  /** Whether to note when each cursor comes. */
  | { readonly note: boolean }
  | { readonly close: true };

export interface AudienceAnswer {
  /** When the last one came, on the clock that all processes of the machine have in common, in ms. */
  readonly at: number;
  /** The last message, for who is to send the same. */
  readonly sample: string;
  /** Of a noted cursor the first time it came. */
  readonly noted: readonly (readonly [cursor: string, at: number])[];
}

const AT_ONCE = 100;

let sockets: Socket[] = [];
let count = 0;
let awaited = Number.POSITIVE_INFINITY;
let noting = false;
let sample: Buffer = Buffer.alloc(0);
const noted = new Map<string, number>();

const clock = () => Number(process.hrtime.bigint()) / 1e6;

function onText(text: Buffer): void {
  count += 1;
  sample = text;
  if (noting) {
    const cursor = cursorIn(text);
    if (!noted.has(cursor)) noted.set(cursor, clock());
  }
  if (count === awaited) answer();
}

function answer(): void {
  const told: AudienceAnswer = { at: clock(), sample: sample.toString(), noted: [...noted] };
  count -= awaited;
  awaited = Number.POSITIVE_INFINITY;
  noted.clear();
  process.send?.(told);
}

async function open({ port, subscriptions }: Seats): Promise<void> {
  const waiting = [...subscriptions];
  const lane = async () => {
    while (waiting.length > 0) {
      const subscription = waiting.pop();
      sockets.push(await openRawSocket({ port, subscription, onText, onClose: () => {} }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

process.on('message', async (order: AudienceOrder) => {
  if ('open' in order) await open(order.open);
  else if ('note' in order) noting = order.note;
  else if ('close' in order) {
    for (const socket of sockets) socket.resetAndDestroy();
    sockets = [];
    count = 0;
  } else {
    awaited = order.await;
    if (count >= awaited) answer();
    return;
  }
  process.send?.('done');
});
