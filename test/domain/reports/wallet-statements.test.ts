import fc from 'fast-check';
import { v7 as uuidV7 } from 'uuid';
import { expect, test } from 'vitest';
import { soleBranch } from '../../../src/domain/partners/branch.ts';
import type { PostedTransfer } from '../../../src/domain/transfer.ts';
import { readRecharges } from '../../../src/store/reports/recharges.ts';
import { readStatement } from '../../../src/store/reports/statements.ts';
import { verify } from '../../../src/store/verification.ts';
import { CommandWriter } from '../../../src/store/writer/command-writer.ts';
import { rechargeCommand, reversalCommand } from '../../../src/store/writer/commands/recharges.ts';
import { walletCommand } from '../../../src/store/writer/commands/wallets.ts';
import { makeActiveCards, makePartner, OPERATOR } from '../../harness/cards.ts';
import { useDatabase } from '../../harness/database.ts';

const EURO = 1_000_000n;
const CREDIT = 3n * EURO;
const CARDS = 3;

const db = useDatabase();
const { sql } = db.database;
const writer = new CommandWriter(sql, { lanes: 1 });

/** What a partner is given, before anything happens. */
const anyPartner = fc.record({
  balance: fc.bigInt(1n, 30n * EURO),
  discountBasisPoints: fc.oneof(fc.constantFrom(0, 500, 10_000), fc.integer({ min: 0, max: 10_000 })),
  dailyLimit: fc.option(fc.bigInt(EURO, 40n * EURO)),
  dailyCardLimit: fc.option(fc.bigInt(EURO, 20n * EURO)),
});
const place = (below: number) => fc.nat({ max: below - 1 });
const anyAmount = fc.oneof(fc.bigInt(1n, 20n), fc.bigInt(1n, 12n * EURO), fc.constant(10n * EURO));
const anyStep = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('recharge' as const),
      who: place(3),
      card: place(CARDS),
      amount: anyAmount,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('reverse' as const),
      which: fc.nat(),
      amount: fc.option(anyAmount),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('topUpPartner' as const, 'withdrawFromPartner' as const),
      below: place(2),
      amount: anyAmount,
    }),
  },
);
type Terms = typeof anyPartner extends fc.Arbitrary<infer Each> ? Each : never;
type Step = typeof anyStep extends fc.Arbitrary<infer Each> ? Each : never;

/** What should be in a wallet, on its statement and in the reports of it. */
class Wallet {
  readonly terms: Terms;
  readonly id: string;
  balance: bigint;
  /** Micro-units that it put into the wallet below it. */
  put = 0n;
  /** Micro-units of each line, oldest first. */
  readonly lines: bigint[];
  readonly sums = {
    recharges: 0n,
    amount: 0n,
    discount: 0n,
    reversals: 0n,
    reversed: 0n,
    discountReturned: 0n,
  };

  constructor(id: string, terms: Terms) {
    this.id = id;
    this.terms = terms;
    this.balance = terms.balance;
    this.lines = [terms.balance];
  }

  move(...changes: readonly bigint[]): void {
    for (const change of changes.filter((each) => each !== 0n)) {
      this.balance += change;
      this.lines.push(change);
    }
  }
}

interface World {
  /** From the top to the leaf, each the partner of the next. */
  readonly wallets: readonly [Wallet, Wallet, Wallet];
  readonly cards: { readonly id: string; balance: bigint; today: bigint }[];
  readonly recharges: { readonly posted: PostedTransfer; readonly payer: Wallet; isReversed: boolean }[];
}

async function makeWorld(given: readonly [Terms, Terms, Terms]): Promise<World> {
  const ids: string[] = [];
  for (const { balance, discountBasisPoints, dailyLimit, dailyCardLimit } of given) {
    const id = await makePartner(sql, balance);
    await sql`
      UPDATE partners SET parent_id = ${ids.at(-1) ?? null}, discount_basis_points = ${discountBasisPoints},
        daily_limit = ${dailyLimit?.toString() ?? null}, daily_card_limit = ${dailyCardLimit?.toString() ?? null},
        credit_limit = ${CREDIT.toString()}
      WHERE id = ${id}`;
    ids.push(id);
  }
  const { cards } = await makeActiveCards(sql, { count: CARDS, partnerId: ids[2] ?? '', faceValue: EURO });
  return {
    wallets: given.map((terms, n) => new Wallet(ids[n] ?? '', terms)) as never,
    cards: cards.map(({ id }) => ({ id, balance: EURO, today: 0n })),
    recharges: [],
  };
}

/** A partner who acts for itself and those below it. */
const giver = ({ wallets }: World, who: number) => {
  const below = wallets.slice(who).map(({ id }) => id);
  const { id } = wallets[who] as Wallet;
  const branch = { ...soleBranch(id), has: (of: unknown) => below.includes(String(of)), ids: () => below };
  return { actorId: OPERATOR.actorId, partnerId: id, branch };
};

type Told = { transfer: PostedTransfer } | { code: string };
/** What came of it: a test in which it never comes to something shows nothing of that. */
const outcomes = new Set<string>();

async function told(work: Promise<{ transfer: PostedTransfer }>): Promise<Told> {
  const answer = await work.catch(({ code }: { code: string }) => ({ code }));
  outcomes.add('code' in answer ? answer.code : answer.transfer.kind);
  return answer;
}

async function recharge(world: World, step: Extract<Step, { do: 'recharge' }>): Promise<void> {
  const wallet = world.wallets[step.who] as Wallet;
  const card = world.cards[step.card] as World['cards'][number];
  const { amount } = step;
  const { discountBasisPoints, dailyCardLimit } = wallet.terms;
  const request = {
    card: { id: card.id, reference: card.id },
    amount,
    currency: 'EUR',
    idempotencyKey: uuidV7(),
  };
  const answer = await told(writer.run(rechargeCommand(giver(world, step.who), request)));

  const discount = (amount * BigInt(discountBasisPoints)) / 10_000n;
  const beyond = isBeyondDay(wallet, amount) || card.today + amount > (dailyCardLimit ?? 2n ** 60n);
  if (beyond) return expect(answer).toEqual({ code: 'DAILY_LIMIT_REACHED' });
  if (wallet.balance + CREDIT < amount - discount)
    return expect(answer).toEqual({ code: 'INSUFFICIENT_FUNDS' });
  const { transfer } = answer as Extract<Told, { transfer: unknown }>;
  wallet.move(discount, -amount);
  card.balance += amount;
  card.today += amount;
  wallet.sums.recharges += 1n;
  wallet.sums.amount += amount;
  wallet.sums.discount += discount;
  expect(transfer).toMatchObject({
    amount,
    discount,
    walletBalanceAfter: wallet.balance,
    cardBalanceAfter: card.balance,
  });
  world.recharges.push({ posted: transfer, payer: wallet, isReversed: false });
}

const isBeyondDay = ({ sums, put, terms }: Wallet, amount: bigint) =>
  terms.dailyLimit !== null && sums.amount + put + amount > terms.dailyLimit;

async function reverse(world: World, step: Extract<Step, { do: 'reverse' }>): Promise<void> {
  const made = world.recharges[step.which % Math.max(1, world.recharges.length)];
  if (!made) return;
  const { posted, payer } = made;
  const card = world.cards.find(({ id }) => id === posted.cardId) as World['cards'][number];
  const request = {
    recharge: posted as never,
    amount: step.amount,
    maxAgeDays: 30,
    reason: 'test',
    idempotencyKey: uuidV7(),
  };
  const answer = await told(writer.run(reversalCommand(OPERATOR, request)));

  if (made.isReversed) return expect(answer).toEqual({ code: 'ALREADY_REVERSED' });
  const amount = [step.amount ?? posted.amount, posted.amount, card.balance].reduce((a, b) =>
    a < b ? a : b,
  );
  if (amount === 0n) return expect(answer).toEqual({ code: 'NOTHING_TO_REVERSE' });
  const share = posted.discount * amount;
  const back = share / posted.amount + (share % posted.amount === 0n ? 0n : 1n);
  payer.move(amount, -back);
  card.balance -= amount;
  made.isReversed = true;
  payer.sums.reversals += 1n;
  payer.sums.reversed += amount;
  payer.sums.discountReturned += back;
  expect(answer).toMatchObject({ transfer: { amount, reversesId: posted.id } });
}

async function moveDown(world: World, step: Exclude<Step, { do: 'recharge' | 'reverse' }>): Promise<void> {
  const [above, below] = [world.wallets[step.below], world.wallets[step.below + 1]] as [Wallet, Wallet];
  const { amount } = step;
  const request = { partnerId: below.id, amount, currency: 'EUR', reason: null, idempotencyKey: uuidV7() };
  const answer = await told(writer.run(walletCommand(step.do, giver(world, step.below), request)));
  const isDown = step.do === 'topUpPartner';
  if (isDown && isBeyondDay(above, amount)) return expect(answer).toEqual({ code: 'DAILY_LIMIT_REACHED' });
  const isPaid = isDown ? above.balance + CREDIT >= amount : below.balance >= amount;
  if (!isPaid) return expect(answer).toEqual({ code: 'INSUFFICIENT_FUNDS' });
  expect(answer).toHaveProperty('transfer');
  const change = isDown ? amount : -amount;
  if (isDown) above.put += amount;
  above.move(-change);
  below.move(change);
}

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function expectTold({ wallets, cards }: World): Promise<void> {
  const period = { from: day(-1), to: day(1), timeZone: 'UTC' };
  for (const wallet of wallets) {
    const query = { accountId: wallet.id, period, after: null, limit: 1_000 };
    const { opening, closing, rows } = await readStatement(sql, 'WALLET', query);
    const changes = rows.map(({ amount, creditAccount }) => (creditAccount === wallet.id ? amount : -amount));
    expect(changes).toEqual(wallet.lines);
    expect([opening, closing]).toEqual([0n, wallet.balance]);
    let balance = 0n;
    for (const [line, { walletBalanceAfter }] of rows.entries()) {
      balance += wallet.lines[line] ?? 0n;
      expect(walletBalanceAfter).toBe(balance);
    }
    const report = await readRecharges(sql, { period, partnerIds: [wallet.id], after: null, limit: 10 });
    const { recharges, reversals } = wallet.sums;
    expect(report.rows).toMatchObject(recharges + reversals === 0n ? [] : [wallet.sums]);
  }
  // What wallets lost is what cards got less what the operator paid of it: between themselves nothing is lost.
  expect(sumOf(wallets, ({ balance, terms }) => terms.balance - balance)).toBe(sumOf(wallets, paidBy));
  const kept = await sql<{ id: string; balance: bigint }[]>`
    SELECT id, balance FROM cards WHERE id = ANY(${cards.map(({ id }) => id)}::uuid[]) ORDER BY id`;
  expect(kept.map(({ balance }) => balance)).toEqual(cards.map(({ balance }) => balance));
}

/** Micro-units that were paid for recharges out of a wallet, less what came back. */
const paidBy = ({ sums }: Wallet) => sums.amount - sums.discount - (sums.reversed - sums.discountReturned);

const sumOf = (wallets: readonly Wallet[], of: (wallet: Wallet) => bigint) =>
  wallets.reduce((sum, wallet) => sum + of(wallet), 0n);

test('whatever is recharged at whatever discount, taken back and moved between wallets: answers, statements, limits and reports agree', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(anyPartner, anyPartner, anyPartner),
      fc.array(anyStep, { minLength: 10, maxLength: 40 }),
      async (terms, steps) => {
        const world = await makeWorld(terms);
        for (const step of steps) {
          if (step.do === 'recharge') await recharge(world, step);
          else if (step.do === 'reverse') await reverse(world, step);
          else await moveDown(world, step);
        }
        await expectTold(world);
      },
    ),
    { numRuns: 25 },
  );
  const refusals = ['DAILY_LIMIT_REACHED', 'INSUFFICIENT_FUNDS', 'ALREADY_REVERSED'];
  for (const outcome of ['RECHARGE', 'REVERSAL', 'WALLET_TRANSFER', ...refusals])
    expect(outcomes).toContain(outcome);
  expect((await verify(sql)).discrepancies).toEqual([]);
}, 120_000);
