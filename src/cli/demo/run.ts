import { type Client, createClient } from '../../client/client.ts';
import { orderBatch, watchBatch } from './batch-order.ts';
import { watchCards } from './dashboard.ts';
import { explained } from './failure.ts';
import { FraudDesk } from './fraud-desk.ts';
import { type Actor, grouped, say } from './narrator.ts';
import {
  activate,
  findPriceList,
  greet,
  makeKey,
  type PartnerAccount,
  takeOnPartner,
  topUp,
} from './operator.ts';
import { pause, repeatedly } from './pace.ts';
import { PhoneCalls } from './phone-calls.ts';
import { Portal } from './portal.ts';
import { fetchPrintFile, type PrintedCard } from './print-file.ts';
import { Ivr } from './switch.ts';
import { Tally } from './tally.ts';

const CARDS_EACH = 5_000;

/** Each connects the callers with cards of one shop. */
const SWITCHES: readonly Actor[] = ['switch 1', 'switch 2'];

/** A few actions a second, so that a person can read along. */
const CALL_EVERY_MS = 1_300;
const RECHARGE_EVERY_MS = 1_100;
const LOCK_EVERY_MS = 5_000;
const SUMMARY_EVERY_MS = 10_000;

interface DemoOptions {
  readonly url: string;
  /** An administrator's. */
  readonly key: string;
  /** Ends the demo gracefully. */
  readonly signal: AbortSignal;
}

/** A partner with the cards it sells. */
interface Shop {
  readonly who: Actor;
  readonly partner: PartnerAccount;
  readonly cards: readonly PrintedCard[];
}

/** Shared by all parts of the demo. */
interface Stage {
  readonly operator: Client;
  /** Opens another client: each program of the demo has its own. */
  readonly open: (key?: string) => Client;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

/**
 * Runs the demo: the operator prepares, then all parties act at once until the signal aborts.
 *
 * @throws DemoFailed, UsageError
 */
export async function runDemo({ url, key, signal }: DemoOptions): Promise<Tally> {
  const clients: Client[] = [];
  const open = (ownKey = key) => {
    const client = createClient({ url, key: ownKey });
    clients.push(client);
    return client;
  };
  const stage: Stage = { operator: open(), open, tally: new Tally(), signal };
  try {
    await play(stage);
  } catch (error) {
    // Errors caused by stopping the demo are not failures.
    if (!signal.aborted) throw explained(error, url);
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
  say('demo', `Stopped. Done: ${stage.tally}.`);
  say('demo', 'Check all balances with "npm run verify".');
  return stage.tally;
}

async function play(stage: Stage): Promise<void> {
  const { operator, open, tally, signal } = stage;
  await greet(operator);
  const { id: rateGroupId } = await findPriceList(operator);
  const ivrKeys = await Promise.all(
    SWITCHES.map((who) => makeKey(operator, { name: `Demo ${who}`, role: 'SWITCH' })),
  );

  const dashboard = open();
  let watching: Promise<void> | undefined;
  const shops: Shop[] = [];
  for (const who of ['Corner Shop', 'Kiosk'] as const) {
    signal.throwIfAborted();
    const partner = await takeOnPartner(operator, who);
    const batchId = await orderBatch(operator, { partner, rateGroupId, quantity: CARDS_EACH });
    const cursor = await watchBatch({ operator, watcher: open() }, batchId, signal);
    const cards = await fetchPrintFile(operator, batchId);
    say('operator', `Fetches the print file over a link that works once: ${grouped(cards.length)} PINs.`);
    watching ??= awaitedLater(watchCards(dashboard, cursor, tally));
    tally.cards += await activate(operator, batchId);
    shops.push({ who, partner, cards });
  }
  say(
    'demo',
    'Now two switches, two partners, the fraud desk and the dashboard work at once. Ctrl-C ends it.',
  );
  await actAtOnce(stage, { shops, ivrKeys, watching: watching ?? Promise.resolve(), dashboard });
}

/** A promise that is awaited later: until then a rejection does not end the process. */
function awaitedLater<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => {});
  return promise;
}

interface Cast {
  readonly shops: readonly Shop[];
  readonly ivrKeys: readonly string[];
  readonly dashboard: Client;
  readonly watching: Promise<void>;
}

async function actAtOnce({ operator, open, tally, signal }: Stage, cast: Cast): Promise<void> {
  // Listeners added after the signal has aborted are never called.
  signal.throwIfAborted();
  const { shops } = cast;
  const switches = shops.map(({ cards }, n) => {
    const who = SWITCHES[n % SWITCHES.length] ?? 'switch 1';
    const client = open(cast.ivrKeys[n]);
    const calls = new PhoneCalls({ who, client, tally, signal });
    return { calls, ivr: new Ivr({ who, client, cards, calls, tally }) };
  });
  const portals = shops.map(({ who, partner, cards }) => {
    const portal = { who, client: open(partner.key), cards, tally };
    return new Portal({ ...portal, topUp: () => topUp(operator, partner) });
  });
  const fraudDesk = new FraudDesk({ client: operator, tally });

  // The first failure stops the others.
  const failed = new AbortController();
  const until = AbortSignal.any([signal, failed.signal]);
  until.addEventListener('abort', () => cast.dashboard.close(), { once: true });
  const acts = [
    cast.watching,
    ...switches.map(({ ivr }) => repeatedly(CALL_EVERY_MS, until, () => ivr.answerCall())),
    ...portals.map((portal) => repeatedly(RECHARGE_EVERY_MS, until, () => portal.serveCustomer())),
    pause(LOCK_EVERY_MS, until).then(() =>
      repeatedly(LOCK_EVERY_MS, until, () => fraudDesk.act(switches[0]?.ivr.knownSerial)),
    ),
    pause(SUMMARY_EVERY_MS, until).then(() =>
      repeatedly(SUMMARY_EVERY_MS, until, () => say('demo', `So far: ${tally}.`)),
    ),
  ];
  try {
    await Promise.all(acts);
  } finally {
    failed.abort();
    await Promise.allSettled(acts);
  }
  await Promise.all(switches.map(({ calls }) => calls.ended()));
  await fraudDesk.unlock();
}
