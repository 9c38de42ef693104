import fc from 'fast-check';
import { v7 as uuidV7 } from 'uuid';
import { PLAIN_CALL_TERMS, type Pricing } from '../../../src/domain/calls/call-terms.ts';
import type { BatchTerms } from '../../../src/domain/cards/card.ts';
import { Rejection } from '../../../src/domain/rejections/rejection.ts';
import type { PostedTransfer } from '../../../src/domain/transfer.ts';
import { noteDueCards } from '../../../src/jobs/expiry.ts';
import type { Pool } from '../../../src/store/postgres/pool.ts';
import {
  addReportFacts,
  COUNTER_TABLES,
  changesOf,
  countersOf,
  keysOf,
  summedUp,
} from '../../../src/store/reports/report-counters.ts';
import type { Command } from '../../../src/store/writer/command.ts';
import { CommandWriter } from '../../../src/store/writer/command-writer.ts';
import * as calls from '../../../src/store/writer/commands/calls.ts';
import * as cards from '../../../src/store/writer/commands/cards.ts';
import { rechargeCommand, reversalCommand } from '../../../src/store/writer/commands/recharges.ts';
import { replacementCommand } from '../../../src/store/writer/commands/replacements.ts';
import { redemptionCommand } from '../../../src/store/writer/commands/vouchers.ts';
import { walletCommand } from '../../../src/store/writer/commands/wallets.ts';
import { type MadeCards, makeCards, makePartner, makeRateGroup, OPERATOR } from '../cards.ts';

/** One step of a day's business; numbers choose among what there is. */
export interface Step {
  readonly kind: (typeof KINDS)[number];
  readonly card: number;
  readonly other: number;
  readonly partner: number;
  readonly amount: bigint;
  readonly seconds: number;
}

const KINDS = [
  ...(['activate', 'activate', 'deactivate', 'use', 'use', 'recharge', 'recharge', 'recharge'] as const),
  ...(['recharge', 'reverse', 'reverse', 'redeem', 'redeem', 'adjust', 'lock', 'unlock'] as const),
  ...(['authorize', 'authorize', 'authorize', 'authorize', 'authorize', 'extend', 'complete'] as const),
  ...(['complete', 'complete', 'complete', 'cancel', 'topUp', 'withdraw', 'replace'] as const),
  ...(['pass', 'jobs', 'count'] as const),
] as const;

export const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  card: fc.nat(),
  other: fc.nat(),
  partner: fc.nat(),
  amount: fc.bigInt(1n, 4_000_000n),
  seconds: fc.integer({ min: 0, max: 400 }),
});

const CARDS_EACH = 3;
const DAY = 86_400_000;
const FEES: Partial<BatchTerms> = {
  validityDays: 2,
  graceDays: 1,
  rechargeExtendsDays: 1,
  firstUseFee: 30_000n,
  maintenanceFee: 10_000n,
  maintenanceEveryDays: 1,
  replacementFee: 50_000n,
  callSurcharge: 20_000n,
  maxConcurrentCalls: 2,
};

/** Batches of every type, partners, and two instances that write and count; what they are told may be refused. */
export class ReportWorld {
  readonly partners: readonly string[];
  readonly batches: readonly MadeCards[];
  readonly #sql: Pool;
  readonly #writers: readonly CommandWriter[];
  readonly #rateGroups: readonly string[];
  readonly #switchCalls: { id: string; cardId: string }[] = [];
  readonly #recharges: PostedTransfer[] = [];

  private constructor(
    sql: Pool,
    made: { partners: readonly string[]; batches: readonly MadeCards[]; rateGroups: readonly string[] },
  ) {
    this.#sql = sql;
    this.partners = made.partners;
    this.batches = made.batches;
    this.#rateGroups = made.rateGroups;
    this.#writers = [1, 2].map((lanes) => new CommandWriter(sql, { lanes }));
  }

  static async make(sql: Pool): Promise<ReportWorld> {
    const partners = [await makePartner(sql, 40_000_000n), await makePartner(sql, 3_000_000n)];
    await sql`UPDATE partners SET discount_basis_points = 750 WHERE id = ${partners[0] ?? ''}`;
    const rateGroups = [await makeRateGroup(sql), await makeRateGroup(sql)];
    const types = ['RECHARGEABLE', 'RECHARGEABLE', 'STANDARD', 'DISPOSABLE', 'UNLIMITED', 'VOUCHER'] as const;
    const batches = [];
    for (const [place, type] of types.entries()) {
      const partnerId = place === 0 ? partners[0] : place === 1 ? partners[1] : null;
      const plan = type === 'UNLIMITED' ? { fairUseDaySeconds: 600 } : {};
      const terms = type === 'VOUCHER' ? {} : FEES;
      const faceValue = place === 1 ? 0n : 900_000n;
      batches.push(
        await makeCards(sql, {
          count: CARDS_EACH,
          type,
          faceValue,
          ...plan,
          ...terms,
          partnerId: partnerId ?? null,
        }),
      );
    }
    const world = new ReportWorld(sql, { partners, batches, rateGroups });
    await Promise.all(batches.map(({ cards: [first, second] }) => world.#activate([first, second])));
    return world;
  }

  /** Does steps, as many at once as come together, on both instances. */
  async run(groups: readonly (readonly Step[])[]): Promise<void> {
    for (const steps of groups) {
      // Whoever moves the clock is alone with the rows.
      for (const { seconds } of steps.filter(({ kind }) => kind === 'pass'))
        await this.#pass(seconds * 120_000);
      const group = steps.filter(({ kind }) => kind !== 'pass');
      const done = await Promise.allSettled(group.map((step, place) => this.#step(step, place % 2)));
      for (const each of done) {
        if (each.status === 'rejected' && !(each.reason instanceof Rejection)) throw each.reason;
      }
    }
  }

  async #step(step: Step, instance: number): Promise<void> {
    const { kind } = step;
    if (kind === 'count') return addReportFacts(this.#sql);
    if (kind === 'jobs') return this.#jobs();
    const command = this.#command(step);
    if (!command) return;
    const result = await this.#writer(instance).run(command);
    if (kind === 'recharge') this.#recharges.push((result as { transfer: PostedTransfer }).transfer);
  }

  async #activate(chosen: readonly (MadeCards['cards'][number] | undefined)[]): Promise<void> {
    const ids = chosen.flatMap((card) => (card ? [card.id] : []));
    await this.#writer(0).run(cards.chunkCommand(OPERATOR, 'activate', ids));
  }

  #writer(instance: number): CommandWriter {
    const writer = this.#writers[instance];
    if (!writer) throw new Error(`There is no instance ${instance}.`);
    return writer;
  }

  #command(step: Step): Command<unknown> | undefined {
    const { kind, amount, seconds } = step;
    const idempotencyKey = uuidV7();
    const all = this.batches.flatMap((batch) => batch.cards);
    const id = at(all, step.card).id;
    const other = at(all, step.other).id;
    const card = { id, reference: id };
    const partnerId = at(this.partners, step.partner);
    const money = { amount, currency: 'EUR', idempotencyKey, reason: 'test' };
    switch (kind) {
      case 'activate':
      case 'deactivate': {
        const batch = at(this.batches, step.card).cards.map((each) => each.id);
        return cards.chunkCommand(OPERATOR, kind, batch.slice(0, 1 + (step.other % CARDS_EACH)));
      }
      case 'use':
        return cards.firstUseCommand(OPERATOR, { cardId: id, known: true });
      case 'recharge':
        return rechargeCommand(this.#giver(step), { card, ...money });
      case 'reverse': {
        const recharge = this.#recharges[step.other % (this.#recharges.length || 1)];
        if (!recharge) return undefined;
        const reversed = { ...recharge, cardId: recharge.cardId ?? '' };
        return reversalCommand(OPERATOR, {
          ...money,
          recharge: reversed,
          maxAgeDays: 3_650,
          amount: seconds > 200 ? null : amount,
        });
      }
      case 'redeem': {
        const voucher = at(this.batches.at(-1)?.cards ?? [], step.other).id;
        return redemptionCommand(OPERATOR, {
          card,
          voucher: { id: voucher, reference: voucher },
          compared: true,
          idempotencyKey,
        });
      }
      case 'adjust':
        return cards.adjustmentCommand(OPERATOR, {
          card,
          ...money,
          amount: seconds > 200 ? amount : -amount,
        });
      case 'lock': {
        const unlockAt = seconds > 200 ? null : new Date(Date.now() + DAY);
        return cards.lockCommand(OPERATOR, { cardId: id, reason: 'OPERATOR', unlockAt, note: null });
      }
      case 'unlock':
        return cards.unlockCommand(OPERATOR, { cardId: id, note: null });
      case 'replace':
        return replacementCommand(OPERATOR, { card, newCard: { id: other, reference: other }, ...money });
      case 'topUp':
        return walletCommand('topUpPartner', this.#giver(step), {
          partnerId: at(this.partners, step.partner + 1),
          ...money,
        });
      case 'withdraw':
        return walletCommand('withdrawFromPartner', OPERATOR, { partnerId, ...money });
      default:
        return this.#callCommand(step, id);
    }
  }

  #callCommand({ kind, card, other, partner, seconds }: Step, cardId: string): Command<unknown> | undefined {
    if (kind === 'authorize') {
      const switchCallId = uuidV7();
      this.#switchCalls.push({ id: switchCallId, cardId });
      const pricing = this.#pricing(partner);
      return calls.authorizeCallCommand(OPERATOR, {
        cardId,
        scope: OPERATOR.actorId,
        switchCallId,
        fingerprint: '00',
        pricing,
        overflow: other % 2 === 0 ? this.#pricing(partner + 1) : null,
        number: at(['+39', '+44', '+1'], other),
        accessNumber: null,
        requestedSeconds: null,
        identifiedBy: 'TOKEN',
        known: true,
      });
    }
    const call = this.#switchCalls[card % (this.#switchCalls.length || 1)];
    if (!call) return undefined;
    const meant = { scope: OPERATOR.actorId, switchCallId: call.id, cardId: call.cardId };
    const end = { totalSeconds: seconds, hangupCause: null, answeredAt: null, endedAt: null };
    if (kind === 'complete') return calls.completeCallCommand(OPERATOR, meant, end);
    if (kind === 'cancel') return calls.cancelCallCommand(OPERATOR, meant);
    const report = { requestNumber: 1 + (other % 3), usedSeconds: seconds, requestedSeconds: null };
    return calls.extendCallCommand(OPERATOR, meant, report);
  }

  #giver({ card, partner }: Step) {
    const partnerId = at(this.partners, partner);
    return card % 3 === 0 ? OPERATOR : { actorId: partnerId, partnerId };
  }

  #pricing(group: number): Pricing {
    return {
      rateGroupId: at(this.#rateGroups, group),
      currency: 'EUR',
      terms: PLAIN_CALL_TERMS,
      match: (number) =>
        number === '+1'
          ? undefined
          : {
              prefix: number.slice(1),
              destination: `Destination ${number}`,
              effectiveFrom: new Date(0),
              effectiveTo: null,
              withdrawn: false,
              barred: false,
              ratePer1e8Minute: number === '+39' ? 3_000_000n : 9_000_000n,
              connectionFee: 0n,
              initialIncrementSeconds: 30,
              incrementSeconds: 6,
            },
    };
  }

  /** Time passes for all cards and calls: what they have to come is nearer by so much. */
  async #pass(ms: number): Promise<void> {
    const by = `${ms} milliseconds`;
    await this.#sql`
      UPDATE cards SET valid_until = valid_until - ${by}::interval, grace_until = grace_until - ${by}::interval,
        next_fee_at = next_fee_at - ${by}::interval, unlock_at = unlock_at - ${by}::interval,
        due_at = due_at - ${by}::interval
      WHERE closed_at IS NULL`;
    await this.#sql`UPDATE calls SET expires_at = expires_at - ${by}::interval WHERE state = 'AUTHORIZED'`;
  }

  /**
   * Takes all that has happened back by so many quarters of an hour, as if it had happened then: movements, calls, and
   * what was counted of them.
   */
  async age(quarters: number): Promise<void> {
    await addReportFacts(this.#sql);
    const by = `${quarters * 15} minutes`;
    await this.#sql.begin(async (tx) => {
      // What has happened can't be changed but here.
      await tx`SET LOCAL session_replication_role = replica`;
      await tx`UPDATE transfers SET created_at = created_at - ${by}::interval`;
      await tx`UPDATE calls SET authorized_at = authorized_at - ${by}::interval`;
      await tx`CREATE TEMP TABLE aged ON COMMIT DROP AS SELECT * FROM ledger_counters`;
      await tx`DELETE FROM ledger_counters`;
      await tx`UPDATE aged SET quarter = quarter - ${by}::interval`;
      await tx`INSERT INTO ledger_counters SELECT * FROM aged`;
      for (const subject of ['recharges', 'usage'] as const) {
        const { table } = COUNTER_TABLES[subject];
        const columns = [keysOf(subject), ...countersOf(subject)].join(', ');
        await tx.unsafe(`CREATE TEMP TABLE aged_${table} ON COMMIT DROP AS ${changesOf(subject)}`);
        await tx`DELETE FROM ${tx(table)}`;
        await tx`
          UPDATE ${tx(`aged_${table}`)} SET day = (day + quarter * interval '15 minutes' - ${by}::interval)::date,
            quarter = mod(quarter - ${quarters}::int + 96000, 96)`;
        const sums = summedUp(subject, `SELECT * FROM aged_${table}`);
        await tx.unsafe(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM (${sums}) AS sums`);
      }
    });
  }

  async #jobs(): Promise<void> {
    await noteDueCards({ sql: this.#sql, writer: this.#writer(0) });
    for (const { id, cardId } of this.#switchCalls) {
      await this.#writer(1)
        .run(calls.abandonCallCommand(OPERATOR, { scope: OPERATOR.actorId, switchCallId: id, cardId }))
        .catch(refused);
    }
  }
}

function refused(error: unknown): void {
  if (!(error instanceof Rejection)) throw error;
}

function at<Item>(items: readonly Item[], place: number): Item {
  const item = items[place % items.length];
  if (item === undefined) throw new Error('There is none to choose from.');
  return item;
}
