import {
  AuthenticateCardDocument,
  AuthorizeCallDocument,
  BindNumberDocument,
  CompleteCallDocument,
  LockCardDocument,
  RechargeCardDocument,
} from '../../src/client/operations.ts';
import { toGlobalId } from '../../src/graphql/core/global-id.ts';
import { type Api, type ApiBatch, type ApiCard, euros, newKey, nth, type TestPartner } from './api.ts';
import { makeRateGroup } from './cards.ts';
import { succeeded } from './refusals.ts';

/** Whose something is, with one of everything an owner can have. */
export interface Owner {
  readonly partner: TestPartner;
  readonly batch: ApiBatch;
  /** A card in use: bound, recharged, with a call that ended and one in progress. */
  readonly card: ApiCard;
  readonly ani: string;
  readonly switchCallId: string;
  /** A session of the card's holder. */
  readonly session: string;
}

let owners = 0;

export async function furnish(api: Api, partner: TestPartner): Promise<Owner> {
  owners += 1;
  const rateGroupId = await makeRateGroup(api.db.database.sql, [
    { prefix: '39', pricePer1e8Minute: 6_000_000n },
  ]);
  const batch = await api.cards({ count: 3, rateGroupId, partnerId: partner.uuid, maxConcurrentCalls: 3 });
  const card = nth(batch, 0);
  const ani = `+3906777000${owners}`;
  const named = { card: { id: card.id } };
  const { administrator, ivr } = api;
  succeeded((await administrator.request(BindNumberDocument, { input: { ...named, number: ani } })).result);
  const { token } = succeeded(
    (await ivr.request(AuthenticateCardDocument, { input: { by: { ani } } })).result,
  );
  const recharge = { ...named, amount: euros('3'), idempotencyKey: newKey() };
  succeeded((await partner.client.request(RechargeCardDocument, { input: recharge })).result);
  const [ended, switchCallId] = [newKey(), newKey()];
  for (const each of [ended, switchCallId]) {
    const call = { switchCallId: each, by: { ani }, number: '+390655512345' };
    succeeded((await ivr.request(AuthorizeCallDocument, { input: call })).result);
  }
  succeeded(
    (await ivr.request(CompleteCallDocument, { input: { switchCallId: ended, totalSeconds: 60 } })).result,
  );
  const lock = { card: { id: nth(batch, 1).id }, reason: 'SUSPECTED_FRAUD' as const };
  succeeded((await administrator.request(LockCardDocument, { input: lock })).result);
  return { partner, batch, card, ani, switchCallId, session: token };
}

/** Tables, the types their rows are, and what in them names whom they are of. */
const OWNED = [
  ['Partner', 'partners', 'id'],
  ['CardBatch', 'card_batches', 'partner_id'],
  ['Card', 'cards', 'partner_id'],
  ['ApiKey', 'api_keys', 'partner_id'],
  ['Call', 'calls', 'partner_id'],
] as const;

/** Everything that would give a partner's things away: ids in both forms, serials, bound numbers, names. */
export async function tracesOf({ db: { database } }: Api, partnerId: string): Promise<string[]> {
  const { sql } = database;
  const traces: string[] = [];
  const note = (type: string, rows: readonly { id: string }[]) =>
    traces.push(...rows.flatMap(({ id }) => [id, toGlobalId(type, id)]));
  for (const [type, table, owner] of OWNED) {
    note(type, await sql<{ id: string }[]>`SELECT id FROM ${sql(table)} WHERE ${sql(owner)} = ${partnerId}`);
  }
  note(
    'Transfer',
    await sql<{ id: string }[]>`
      SELECT id FROM transfers WHERE partner_id = ${partnerId}
        OR card_id IN (SELECT id FROM cards WHERE partner_id = ${partnerId})`,
  );
  const words = await sql<{ word: string }[]>`
    SELECT name AS word FROM partners WHERE id = ${partnerId}
    UNION ALL SELECT serial FROM cards WHERE partner_id = ${partnerId}
    UNION ALL SELECT switch_call_id FROM calls WHERE partner_id = ${partnerId}
    UNION ALL SELECT number FROM number_bindings JOIN cards ON cards.id = card_id WHERE partner_id = ${partnerId}`;
  return [...traces, ...words.map(({ word }) => word)];
}
