/**
 * A part of a crowd, as a process of its own: many sockets with one subscription, each of which comes back with its own
 * last cursor when it is cut. What each was told is compared as it comes with what the others were told.
 */
import type { Socket } from 'node:net';
import { cursorIn, openRawSocket } from '../network/raw-socket.ts';

export type CrowdOrder =
  | {
      readonly open: {
        readonly port: number;
        readonly key: string;
        readonly query: string;
        readonly after: string;
        readonly sockets: number;
      };
    }
  | { readonly cut: true }
  | { readonly report: true };

export interface CrowdReport {
  /** Cursors in the order in which they were told. */
  readonly told: readonly string[];
  /** How many of these the one with the fewest has. */
  readonly fewest: number;
  /** What one was told that another was told otherwise. */
  readonly faults: readonly string[];
  readonly connected: number;
}

/** Connections being made at once: a crowd, and no more than the system's queue of them holds. */
const AT_ONCE = 200;

interface Member {
  count: number;
  last: string;
  socket: Socket | undefined;
}

type Opening = Extract<CrowdOrder, { open: object }>['open'];

const told: string[] = [];
const faults: string[] = [];
let members: Member[] = [];
let opening: Opening;

async function connect(member: Member): Promise<void> {
  const { port, key, query } = opening;
  try {
    member.socket = await openRawSocket({
      port,
      subscription: { key, query, variables: { after: member.last } },
      onText: (text) => take(member, cursorIn(text)),
      onClose: () => {
        member.socket = undefined;
      },
    });
  } catch {
    await connect(member);
  }
}

function take(member: Member, cursor: string): void {
  told[member.count] ??= cursor;
  if (told[member.count] !== cursor) faults.push(`${cursor} instead of ${told[member.count]}`);
  member.count += 1;
  member.last = cursor;
}

async function connectAll(): Promise<void> {
  const waiting = [...members];
  const lane = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) await connect(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

process.on('message', async (order: CrowdOrder) => {
  if ('open' in order) {
    opening = order.open;
    members = Array.from({ length: opening.sockets }, () => ({
      count: 0,
      last: opening.after,
      socket: undefined,
    }));
    await connectAll();
    process.send?.('connected');
  } else if ('cut' in order) {
    for (const { socket } of members) socket?.resetAndDestroy();
    await connectAll();
    process.send?.('connected');
  } else {
    const report: CrowdReport = {
      told,
      fewest: members.reduce((least, { count }) => Math.min(least, count), told.length),
      faults: faults.slice(0, 10),
      connected: members.filter(({ socket }) => socket).length,
    };
    process.send?.(report);
  }
});
