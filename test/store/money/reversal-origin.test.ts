import fc from 'fast-check';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PostedTransfer } from '../../../src/domain/transfer.ts';
import { verify } from '../../../src/store/verification.ts';
import { CommandWriter } from '../../../src/store/writer/command-writer.ts';
import { adjustmentCommand } from '../../../src/store/writer/commands/cards.ts';
import { rechargeCommand, reversalCommand } from '../../../src/store/writer/commands/recharges.ts';
import { makeActiveCards, OPERATOR } from '../../harness/cards.ts';
import { createTestDatabase, type TestDatabase } from '../../harness/database.ts';

let db: TestDatabase;
let writer: CommandWriter;
beforeAll(async () => {
  db = await createTestDatabase();
  writer = new CommandWriter(db.database.sql, { lanes: 1 });
});
afterAll(async () => {
  expect(await verify(db.database.sql)).toMatchObject({ clean: true });
  await db.drop();
});

const EURO = 1_000_000n;
const amounts = fc.bigInt(1n, 12n * EURO);
const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constantFrom('recharge' as const, 'give' as const, 'take' as const),
      amount: amounts,
    }),
    fc.record({ do: fc.constant('reverse' as const), which: fc.nat(), amount: fc.option(amounts) }),
  ),
  { minLength: 1, maxLength: 25 },
);

/** Random histories may miss one. */
const EACH_OUTCOME: typeof steps extends fc.Arbitrary<infer Steps> ? Steps : never = [
  { do: 'recharge', amount: EURO },
  { do: 'reverse', which: 0, amount: null },
  { do: 'reverse', which: 0, amount: null },
  { do: 'recharge', amount: EURO },
  { do: 'take', amount: 12n * EURO },
  { do: 'reverse', which: 1, amount: null },
];

/** Money that came at once, oldest first, and what is left of it. */
interface Lot {
  readonly recharge?: PostedTransfer;
  readonly given: bigint;
  left: bigint;
  isReversed: boolean;
}

const least = (...all: bigint[]) => all.reduce((a, b) => (b < a ? b : a));
const sum = (lots: readonly Lot[]) => lots.reduce((all, { left }) => all + left, 0n);

/** Spends the oldest money first. */
function spend(lots: readonly Lot[], amount: bigint): void {
  let missing = amount;
  for (const lot of lots) {
    const part = least(missing, lot.left);
    lot.left -= part;
    missing -= part;
  }
}

const money = (cardId: string, amount: bigint) => ({
  card: { id: cardId, reference: cardId },
  amount,
  currency: 'EUR',
  idempotencyKey: uuidV7(),
});

const reversal = (recharge: PostedTransfer, amount: bigint | null, maxAgeDays = 30) =>
  writer.run(
    reversalCommand(OPERATOR, {
      recharge: { ...recharge, cardId: recharge.cardId ?? '' },
      amount,
      maxAgeDays,
      reason: 'test',
      idempotencyKey: uuidV7(),
    }),
  );

async function newCard(): Promise<string> {
  const { cards } = await makeActiveCards(db.database.sql, { count: 1, partnerId: null, faceValue: EURO });
  return cards[0]?.id ?? '';
}

test('a reversal takes what is left of its own recharge, the oldest money being spent first', async () => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const cardId = await newCard();
      const lots: Lot[] = [{ given: EURO, left: EURO, isReversed: false }];
      for (const step of all) {
        if (step.do === 'recharge') {
          const { transfer } = await writer.run(rechargeCommand(OPERATOR, money(cardId, step.amount)));
          lots.push({ recharge: transfer, given: step.amount, left: step.amount, isReversed: false });
        } else if (step.do === 'reverse') {
          const recharges = lots.filter(({ recharge }) => recharge);
          const lot = recharges[step.which % Math.max(1, recharges.length)];
          if (!lot?.recharge) continue;
          const answer = await reversal(lot.recharge, step.amount).catch(({ code }) => code as string);
          const expected = least(step.amount ?? lot.given, lot.left);
          const refusal = lot.isReversed ? 'ALREADY_REVERSED' : expected === 0n ? 'NOTHING_TO_REVERSE' : null;
          outcomes.add(refusal ?? 'reversed');
          expect(typeof answer === 'string' ? answer : answer.transfer.amount).toBe(refusal ?? expected);
          if (refusal) continue;
          lot.left -= expected;
          lot.isReversed = true;
        } else {
          const given = step.do === 'give';
          const amount = given ? step.amount : least(step.amount, sum(lots));
          if (amount === 0n) continue;
          const request = { ...money(cardId, given ? amount : -amount), reason: 'test' };
          await writer.run(adjustmentCommand(OPERATOR, request));
          if (given) lots.push({ given: amount, left: amount, isReversed: false });
          else spend(lots, amount);
        }
      }
    }),
    { numRuns: 40, examples: [[EACH_OUTCOME]] },
  );
  expect([...outcomes].toSorted()).toEqual(['ALREADY_REVERSED', 'NOTHING_TO_REVERSE', 'reversed']);
}, 120_000);

test('what comes in the same transaction counts too', async () => {
  const cardId = await newCard();
  const { transfer } = await writer.run(rechargeCommand(OPERATOR, money(cardId, 10n * EURO)));
  const [, , answer] = await Promise.allSettled([
    writer.run(adjustmentCommand(OPERATOR, { ...money(cardId, -11n * EURO), reason: 'spent' })),
    writer.run(adjustmentCommand(OPERATOR, { ...money(cardId, 2n * EURO), reason: 'another origin' })),
    reversal(transfer, null),
  ]);
  expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'NOTHING_TO_REVERSE' } });
});

test('a recharge that is too old stays', async () => {
  const { transfer } = await writer.run(rechargeCommand(OPERATOR, money(await newCard(), EURO)));
  const day = 86_400_000;
  const old = { ...transfer, createdAt: new Date(Date.now() - 31 * day) };
  await expect(reversal(old, null)).rejects.toMatchObject({ code: 'RECHARGE_TOO_OLD', data: { days: 30 } });
  await expect(reversal(old, null, 32)).resolves.toMatchObject({ transfer: { amount: EURO } });
});
