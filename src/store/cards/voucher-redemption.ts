import { VoucherRefused } from '../../domain/rejections/vouchers.ts';
import { failureOf } from '../../domain/security/authentication-failure.ts';
import type { Attempt } from '../../domain/security/guessing.ts';
import type { Found, PinDefence, Verdict } from '../pins/pin-defence.ts';
import type { Sql } from '../postgres/database.ts';
import { type CardReference, type Command, type CommandRunner, NO_CARD } from '../writer/command.ts';
import { type Actor, isAnswered, type MoneyMoved } from '../writer/commands/once.ts';
import { redemptionCommand } from '../writer/commands/vouchers.ts';

export interface VoucherReferences {
  /** What stands for a keyed PIN in kept answers: the same for ever, and nobody finds the PIN by it. */
  reference(pin: string): string;
}

export interface RedemptionServices {
  readonly sql: Sql;
  readonly writer: CommandRunner;
  readonly defence: PinDefence;
  readonly references: VoucherReferences;
}

export interface RedemptionOrder {
  readonly card: CardReference;
  readonly voucherPin: string;
  readonly idempotencyKey: string;
  readonly attempt: Attempt;
}

/**
 * Redeems the voucher whose PIN was entered: it names a card that is no voucher, or nothing, or may not be compared
 * with any, and the command refuses all alike, under its key. The PIN itself goes no further than what stands for it. A
 * PIN never changes its card, so it is looked up before the command locks.
 *
 * A key that was answered before is answered so again without a comparison: a replay is no guess and no success.
 *
 * @throws Rejection as `redeemVoucher` refuses it
 */
export async function redeemKeyedVoucher(
  means: RedemptionServices,
  giver: Actor,
  order: RedemptionOrder,
): Promise<MoneyMoved> {
  const { attempt, voucherPin } = order;
  const replay = commandOf(means, giver, order, { card: undefined, compared: false });
  if (await isAnswered(means.sql, replay)) return means.writer.run(replay);
  const moved = await means.defence.check(attempt, { pin: voucherPin }, (found) =>
    judge(means, giver, order, found),
  );
  if (moved) return moved;
  throw new VoucherRefused();
}

function commandOf(
  { references }: RedemptionServices,
  giver: Actor,
  { card, voucherPin, idempotencyKey }: RedemptionOrder,
  { card: voucher, compared }: Pick<Found, 'card' | 'compared'>,
): Command<MoneyMoved> {
  const meant = { id: voucher?.id ?? NO_CARD, reference: references.reference(voucherPin) };
  return redemptionCommand(giver, { card, voucher: meant, compared, idempotencyKey });
}

async function judge(
  means: RedemptionServices,
  giver: Actor,
  order: RedemptionOrder,
  found: Found,
): Promise<Verdict<MoneyMoved>> {
  const { sql, writer } = means;
  const { card: voucher } = found;
  try {
    return { granted: await writer.run(commandOf(means, giver, order, found)) };
  } catch (error) {
    if (!(error instanceof VoucherRefused)) throw error;
    const terms = voucher && (await writer.terms.load(sql, [voucher.batchId])).get(voucher.batchId);
    if (!voucher || !terms) return { refused: undefined };
    return { refused: failureOf(voucher, { type: terms.type, asVoucher: true }, new Date()) };
  }
}
