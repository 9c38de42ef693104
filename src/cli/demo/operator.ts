import { randomUUID } from 'node:crypto';
import type { Client } from '../../client/client.ts';
import {
  ActivateCardsDocument,
  type ApiKeyRole,
  CreateApiKeyDocument,
  CreatePartnerDocument,
  RateGroupsDocument,
  TopUpPartnerDocument,
  ViewerDocument,
} from '../../client/operations.ts';
import { DAY_MS } from '../../domain/values/calendar.ts';
import { UsageError } from '../../server/settings/usage-error.ts';
import { accepted, DemoFailed } from './failure.ts';
import { grouped, inWords, say } from './narrator.ts';

const WALLET = { amount: '500.00', currency: 'EUR' };

export interface PartnerAccount {
  readonly id: string;
  readonly name: string;
  readonly key: string;
}

/** @throws UsageError when the key is not an administrator's. */
export async function greet(operator: Client): Promise<void> {
  const { viewer } = await operator.request(ViewerDocument);
  if (viewer.role !== 'ADMINISTRATOR') {
    throw new UsageError(
      `The key "${viewer.name}" is of a ${viewer.role}: the demo needs an administrator's.`,
    );
  }
  say('operator', `Comes in with the key "${viewer.name}".`);
}

/** The price list that a new server comes with, or the largest one in euro. */
export async function findPriceList(operator: Client): Promise<{ id: string; name: string }> {
  const { rateGroups } = await operator.request(RateGroupsDocument, { first: 100 });
  const [list] = rateGroups.edges
    .map(({ node }) => node)
    .filter(({ currency }) => currency === WALLET.currency)
    .sort((a, b) => b.rateCount - a.rateCount);
  if (!list) throw new DemoFailed(`There is no price list in ${WALLET.currency}: import one first.`);
  say('operator', `Takes the price list "${list.name}": ${grouped(list.rateCount)} prefixes.`);
  return list;
}

/** A new partner with money in its wallet and its own key. Each demo uses a new name. */
export async function takeOnPartner(operator: Client, shop: string): Promise<PartnerAccount> {
  const name = `${shop} ${randomUUID().slice(0, 8)}`;
  const { result } = await operator.request(CreatePartnerDocument, {
    input: { name, currency: WALLET.currency },
  });
  const { id } = accepted(result).partner;
  say('operator', `Takes on the partner ${name} and gives it a key.`);
  const key = await makeKey(operator, { name: `Portal of ${name}`, role: 'PARTNER', partnerId: id });
  await topUp(operator, { id, name });
  return { id, name, key };
}

/** Credits money that the partner has paid in. */
export async function topUp(
  operator: Client,
  { id, name }: Pick<PartnerAccount, 'id' | 'name'>,
): Promise<void> {
  const { result } = await operator.request(TopUpPartnerDocument, {
    input: { partnerId: id, amount: WALLET, idempotencyKey: randomUUID(), reason: 'Demo' },
  });
  say('operator', `Tops up the wallet of ${name}: it has ${inWords(accepted(result).balance)}.`);
}

/** A key that expires by itself: nobody has to clean up after a demo. */
export async function makeKey(
  operator: Client,
  key: { name: string; role: ApiKeyRole; partnerId?: string },
): Promise<string> {
  const expiresAt = new Date(Date.now() + DAY_MS).toISOString();
  const { result } = await operator.request(CreateApiKeyDocument, { input: { ...key, expiresAt } });
  return accepted(result).secret;
}

/** @returns how many cards were activated. */
export async function activate(operator: Client, batchId: string): Promise<number> {
  const { result } = await operator.request(ActivateCardsDocument, { cards: { batchId } });
  const { activated, refused } = accepted(result);
  say(
    'operator',
    `Activates the batch: ${grouped(activated)} cards are in service, ${refused} were refused.`,
  );
  return activated;
}
