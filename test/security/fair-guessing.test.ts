import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redeemEnteredVoucher } from '../../src/store/cards/voucher-redemption.ts';
import { lockForFailures } from '../../src/store/pins/failure-lock.ts';
import type { PinDefense } from '../../src/store/pins/pin-defense.ts';
import { newId } from '../../src/store/postgres/new-id.ts';
import { OPERATOR_OWNER } from '../../src/store/writer/command.ts';
import { CommandWriter } from '../../src/store/writer/command-writer.ts';
import { makeKey } from '../harness/api-keys.ts';
import { type MadeCards, makeActiveCards, makePartner, OPERATOR, pinOf } from '../harness/cards.ts';
import { useDatabase } from '../harness/database.ts';
import { attemptLike, defenseOf, isGranted } from '../harness/defense.ts';

const db = useDatabase({ maxConnections: 12 });
const { sql } = db.database;
let active: MadeCards;
let writer: CommandWriter;

/** With so many parties a share is an eighth: 10 wrong PINs. */
const LIMITS = { ceiling: 80, windowSeconds: 3_600 };
const SHARE = 10;
const SECONDS = 900;

beforeAll(async () => {
  writer = new CommandWriter(sql, { lanes: 1 });
  active = await makeActiveCards(sql, { count: 30 });
  await Promise.all(Array.from({ length: 8 }, () => makeKey(sql, 'SWITCH')));
});
afterAll(async () => {
  await writer.drained();
});

const serialOf = (place: number) => active.cards[place]?.serial ?? '';

/** Somebody's key, from wherever calls come. */
const keyOf = (lineageId = newId(), partners: readonly string[] = []) => ({ lineageId, partners });
const attemptOf = (key: ReturnType<typeof keyOf>, operation = 'AUTHENTICATE_CARD' as const) =>
  attemptLike({ ...key, actorId: key.lineageId, operation });

const isLetIn = (defense: PinDefense, key: ReturnType<typeof keyOf>, pin: string) =>
  isGranted(defense, attemptOf(key), { pin });

async function reasonsOf({ lineageId }: ReturnType<typeof keyOf>): Promise<Record<string, number>> {
  const rows = await sql<{ reason: string; attempts: number }[]>`
    SELECT reason, sum(attempts)::int AS attempts FROM failed_authentications WHERE actor_id = ${lineageId}
    GROUP BY reason`;
  return Object.fromEntries(rows.map(({ reason, attempts }) => [reason, attempts]));
}

describe('a share of the guess budget', () => {
  test('ends one key’s guesses, whatever its one good card does, and leaves the others theirs', async () => {
    const defense = defenseOf(sql, { limits: LIMITS });
    const [guesser, quiet] = [keyOf(), keyOf()];
    for (let n = 0; n < 40; n += 1) {
      await isLetIn(defense, guesser, pinOf(serialOf(0)));
      await isLetIn(defense, guesser, `wrong ${n}`);
    }
    expect(await reasonsOf(guesser)).toMatchObject({ UNKNOWN_PIN: SHARE });
    expect(await isLetIn(defense, guesser, pinOf(serialOf(0)))).toBe(false);
    expect(await isLetIn(defense, quiet, pinOf(serialOf(0)))).toBe(true);
    const alerts = await sql`SELECT message FROM security_alerts WHERE source = ${guesser.lineageId}`;
    expect(alerts.map(({ message }) => message)).toContainEqual(expect.stringContaining('its share'));
    await defense.stop();
  });

  test('is of a partner’s whole branch, with all keys and partners that it makes', async () => {
    const defense = defenseOf(sql, { limits: LIMITS });
    const [top, rival] = [newId(), newId()];
    const branch = Array.from({ length: 8 }, () => keyOf(newId(), [newId(), top]));
    for (const key of branch) {
      for (let n = 0; n < 5; n += 1) await isLetIn(defense, key, `wrong ${n}`);
    }
    const reasons = await Promise.all(branch.map(reasonsOf));
    const compared = reasons.reduce((sum, { UNKNOWN_PIN = 0 }) => sum + UNKNOWN_PIN, 0);
    expect(compared).toBe(SHARE);
    expect(await isLetIn(defense, keyOf(newId(), [rival]), pinOf(serialOf(1)))).toBe(true);
    await defense.stop();
  });

  test('a card that succeeds again and again is one success', async () => {
    const defense = defenseOf(sql);
    const key = keyOf();
    for (let n = 0; n < 50; n += 1) await isLetIn(defense, key, pinOf(serialOf(2)));
    await isLetIn(defense, key, 'wrong');
    const [row] = await sql`
      SELECT successes FROM guess_sources WHERE kind = 'CREDENTIAL' AND lineage_id = ${key.lineageId}`;
    expect(row).toEqual({ successes: 1 });
    await defense.stop();
  });
});

describe('a voucher', () => {
  const redeem = async (defense: PinDefense, key: ReturnType<typeof keyOf>, order: object) => {
    const card = { id: active.cards[3]?.id ?? '', reference: 'card' };
    const means = { sql, writer, defense, references: { reference: (pin: string) => pin } };
    const attempt = attemptLike({ ...key, operation: 'REDEEM_VOUCHER' });
    try {
      await redeemEnteredVoucher(
        means,
        { ...OPERATOR, keysOf: key.lineageId },
        {
          card,
          voucherPin: '',
          idempotencyKey: newId(),
          ...order,
          attempt,
        },
      );
      return 'OK';
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };
  const drawnOf = async () => {
    const [row] = await sql`
      SELECT coalesce(sum(failed), 0)::int AS failed FROM guess_budgets WHERE scope = 'VOUCHER' AND holder = ''`;
    return row?.failed;
  };

  test('has a budget of its own, and a replay costs nothing of it', async () => {
    const defense = defenseOf(sql, { limits: LIMITS });
    const vouchers = await makeActiveCards(sql, { count: 1, type: 'VOUCHER' });
    const key = keyOf();
    for (let n = 0; n < 12; n += 1) await isLetIn(defense, key, `wrong ${n}`);
    const order = { voucherPin: pinOf(vouchers.cards[0]?.serial ?? ''), idempotencyKey: newId() };
    for (let n = 0; n < 20; n += 1) expect(await redeem(defense, key, order)).toBe('OK');
    const wrong = { voucherPin: 'wrong', idempotencyKey: newId() };
    for (let n = 0; n < 20; n += 1) expect(await redeem(defense, key, wrong)).toBe('VOUCHER_REFUSED');
    expect(await drawnOf()).toBe(1);
    await defense.stop();
  });

  test('that was not compared is redeemed later under the same key', async () => {
    const defense = defenseOf(sql, { limits: LIMITS });
    const vouchers = await makeActiveCards(sql, { count: 1, type: 'VOUCHER' });
    const key = keyOf();
    for (let n = 0; n < SHARE + 2; n += 1) await redeem(defense, key, { voucherPin: `wrong ${n}` });
    const order = { voucherPin: pinOf(vouchers.cards[0]?.serial ?? ''), idempotencyKey: newId() };
    expect(await redeem(defense, key, order)).toBe('VOUCHER_REFUSED');
    expect(await sql`SELECT FROM idempotency_keys WHERE key = ${order.idempotencyKey}`).toHaveLength(0);
    await defense.stop();
    await sql`DELETE FROM guess_budgets WHERE scope = 'VOUCHER'`;
    const later = defenseOf(sql, { limits: LIMITS });
    expect(await redeem(later, key, order)).toBe('OK');
    await later.stop();
  });

  test('redeemed by a switch is kept under keys of its own', async () => {
    const defense = defenseOf(sql);
    const key = keyOf();
    const idempotencyKey = newId();
    await redeem(defense, key, { voucherPin: 'wrong', idempotencyKey });
    const kept = await sql`SELECT owner_id AS "ownerId" FROM idempotency_keys WHERE key = ${idempotencyKey}`;
    expect(kept).toEqual([{ ownerId: key.lineageId }]);
    expect(key.lineageId).not.toBe(OPERATOR_OWNER);
    await defense.stop();
  });
});

describe('wrong PINs with serials', () => {
  const locking = () => {
    const locks: Promise<void>[] = [];
    const defense = defenseOf(sql, {
      lock: (cardId, lineageId) => {
        const lock = lockForFailures(
          { sql, writer },
          { cardId, lineageId, minutes: 30, windowSeconds: SECONDS },
        );
        locks.push(lock);
        return lock;
      },
    });
    return { defense, settled: () => Promise.all(locks) };
  };
  const fail = (defense: PinDefense, key: ReturnType<typeof keyOf>, serial: string) =>
    isGranted(defense, attemptOf(key), { serial, pin: 'wrong' });
  const lockedCards = async () =>
    (await sql`SELECT serial FROM cards WHERE lock_reason = 'FAILED_ATTEMPTS'`).length;

  test('over one key lock ten cards at most, with an alert at the tenth', async () => {
    const { defense, settled } = locking();
    const key = keyOf();
    const serials = active.cards.slice(4, 24).map(({ serial }) => serial);
    for (const serial of serials) {
      for (let n = 0; n < 5; n += 1) await fail(defense, key, serial);
    }
    await settled();
    expect(await lockedCards()).toBe(10);
    const alerts = await sql`
      SELECT message FROM security_alerts WHERE kind = 'GUESSING' AND source = ${key.lineageId} AND subject LIKE 'LOCKS%'`;
    expect(alerts).toEqual([{ message: expect.stringContaining('locked 10 cards') }]);

    // The serials that it did not lock are shut for this key alone.
    const last = serials.at(-1) ?? '';
    const by = (who: ReturnType<typeof keyOf>) =>
      isGranted(defense, attemptOf(who), { serial: last, pin: pinOf(last) });
    expect(await by(key)).toBe(false);
    expect(await by(keyOf())).toBe(true);
    await defense.stop();
  });

  test('of more than a hundred serials refuse the key itself, for serials', async () => {
    const { defense } = locking();
    const key = keyOf();
    for (let n = 0; n < 110; n += 1) await fail(defense, key, `NONE${n}`);
    expect(await reasonsOf(key)).toMatchObject({ UNKNOWN_SERIAL: 100, SOURCE_DELAYED: 10 });
    const serial = serialOf(29);
    const granted = (who: ReturnType<typeof keyOf>) =>
      isGranted(defense, attemptOf(who), { serial, pin: pinOf(serial) });
    expect(await granted(key)).toBe(false);
    expect(await granted(keyOf())).toBe(true);
    expect(await isLetIn(defense, key, pinOf(serial))).toBe(true);
    await defense.stop();
  });
});

test('a partner that is made has no share of its own beside the branch it is in', async () => {
  await makePartner(sql, 0n);
  const { partiesOf } = await import('../../src/store/security/guess-budgets.ts');
  const before = await partiesOf(sql, 'VOUCHER');
  const top = await makePartner(sql, 0n);
  const below = await makePartner(sql, 0n);
  await sql`UPDATE partners SET parent_id = ${top} WHERE id = ${below}`;
  expect(await partiesOf(sql, 'VOUCHER')).toBe(before + 1);
});
