import { VoucherRefused } from '../../domain/rejections/vouchers.ts';
import { failureOf } from '../../domain/security/authentication-failure.ts';
import type { Attempt } from '../../domain/security/guessing.ts';
import type { Found, PinDefence, Verdict } from '../pins/pin-defence.ts';
import type { Sql } from '../postgres/database.ts';
import { type CardReference, type Command, type CommandRunner, NO_CARD } from '../writer/command.ts';
import { type Actor, isAnswered, type MoneyMoved } from '../writer/commands/once.ts';
import { redemptionCommand } from '../writer/commands/vouchers.ts';

export interface VoucherReferences {
  /** A pseudonym for a voucher PIN in stored answers: always the same, and it does not reveal the PIN. */
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
 * Redeems the voucher with the PIN that was entered. If the PIN belongs to no card, to a card that is no voucher, or
 * may not be compared, the command refuses identically, under its idempotency key. The PIN itself is not passed on,
 * only its pseudonym. A PIN never changes its card, so the lookup needs no lock.
 *
 * A repeated idempotency key gets its stored answer without a comparison: a replay counts neither as a guess nor as a
 * success.
 *
 * @throws Rejection as `redeemVoucher` refuses it
 */
export async function redeemKeyedVoucher(
  services: RedemptionServices,
  actor: Actor,
  order: RedemptionOrder,
): Promise<MoneyMoved> {
  const { attempt, voucherPin } = order;
  const replay = commandOf(services, actor, order, { card: undefined, compared: false });
  if (await isAnswered(services.sql, replay)) return services.writer.run(replay);
  const moved = await services.defence.check(attempt, { pin: voucherPin }, (found) =>
    judge(services, actor, order, found),
  );
  if (moved) return moved;
  throw new VoucherRefused();
}

function commandOf(
  { references }: RedemptionServices,
  actor: Actor,
  { card, voucherPin, idempotencyKey }: RedemptionOrder,
  { card: voucher, compared }: Pick<Found, 'card' | 'compared'>,
): Command<MoneyMoved> {
  const voucherReference = { id: voucher?.id ?? NO_CARD, reference: references.reference(voucherPin) };
  return redemptionCommand(actor, { card, voucher: voucherReference, compared, idempotencyKey });
}

async function judge(
  services: RedemptionServices,
  actor: Actor,
  order: RedemptionOrder,
  found: Found,
): Promise<Verdict<MoneyMoved>> {
  const { sql, writer } = services;
  const { card: voucher } = found;
  try {
    return { granted: await writer.run(commandOf(services, actor, order, found)) };
  } catch (error) {
    if (!(error instanceof VoucherRefused)) throw error;
    const terms = voucher && (await writer.terms.load(sql, [voucher.batchId])).get(voucher.batchId);
    if (!voucher || !terms) return { refused: undefined };
    return { refused: failureOf(voucher, { type: terms.type, asVoucher: true }, new Date()) };
  }
}
