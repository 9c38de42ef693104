import type { Client } from '../../client/client.ts';
import { CardBalanceChangedDocument, CardLockChangedDocument } from '../../client/operations.ts';
import { grouped, inWords, say } from './narrator.ts';
import type { Tally } from './tally.ts';

interface Serials {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/**
 * A dashboard that watches all cards over one WebSocket, until its client is closed.
 *
 * @param after the cursor to start after; undefined: events from now on.
 */
export async function watchCards(client: Client, after: string | undefined, tally: Tally): Promise<void> {
  const from = after === undefined ? {} : { after };
  await Promise.all([watchBalances(client, from, tally), watchLocks(client, from, tally)]);
}

async function watchBalances(client: Client, from: { after?: string }, tally: Tally): Promise<void> {
  for await (const { cardBalanceChanged } of client.subscribe(CardBalanceChangedDocument, from)) {
    const { serials, change, balance } = cardBalanceChanged;
    tally.changesSeen += 1;
    const sign = change.amount.startsWith('-') ? '' : '+';
    say('dashboard', `  ${serialRange(serials)}: ${sign}${inWords(change)}, balance ${inWords(balance)}`);
  }
}

async function watchLocks(client: Client, from: { after?: string }, tally: Tally): Promise<void> {
  for await (const { cardLockChanged } of client.subscribe(CardLockChangedDocument, from)) {
    const { serials, locked, reason } = cardLockChanged;
    tally.changesSeen += 1;
    say(
      'dashboard',
      `  ${serialRange(serials)}: ${locked ? 'locked' : 'unlocked'}${reason ? ` (${reason})` : ''}`,
    );
  }
}

function serialRange({ from, to, count }: Serials): string {
  return count === 1 ? from : `${from} to ${to} (${grouped(count)} cards)`;
}
