import type { Card } from '../../domain/cards/card.ts';
import { VoucherRefused } from '../../domain/rejections/vouchers.ts';
import { failureOf } from '../../domain/security/authentication-failure.ts';
import type { Attempt, AuthenticationFailure } from '../../domain/security/guessing.ts';
import type { PinComparison } from '../pins/pin-comparison.ts';
import type { PinDefense } from '../pins/pin-defense.ts';
import type { Sql } from '../postgres/database.ts';
import { type CardReference, type Command, type CommandRunner, NO_CARD } from '../writer/command.ts';
import { type Actor, isAnswered, type MoneyMoved } from '../writer/commands/once.ts';
import { redemptionCommand } from '../writer/commands/vouchers.ts';

interface VoucherReferences {
  /** A pseudonym for a voucher PIN in stored answers: always the same, and it does not reveal the PIN. */
  reference(pin: string): string;
}

interface RedemptionServices {
  readonly sql: Sql;
  readonly writer: CommandRunner;
  readonly defense: PinDefense;
  readonly references: VoucherReferences;
}

interface RedemptionOrder {
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
export async function redeemEnteredVoucher(
  services: RedemptionServices,
  actor: Actor,
  order: RedemptionOrder,
): Promise<MoneyMoved> {
  const { attempt, voucherPin } = order;
  const replay = commandOf(services, actor, order, { card: undefined, compared: false });
  if (await isAnswered(services.sql, replay)) return services.writer.run(replay);
  using comparison = await services.defense.compare(attempt, { pin: voucherPin });
  try {
    const moved = await services.writer.run(commandOf(services, actor, order, comparison));
    comparison.grant();
    return moved;
  } catch (error) {
    if (!(error instanceof VoucherRefused)) throw error;
    await comparison.refuse(await reasonOf(services, comparison.card));
    throw new VoucherRefused();
  }
}

function commandOf(
  { references }: RedemptionServices,
  actor: Actor,
  { card, voucherPin, idempotencyKey }: RedemptionOrder,
  { card: voucher, compared }: Pick<PinComparison, 'card' | 'compared'>,
): Command<MoneyMoved> {
  const voucherReference = { id: voucher?.id ?? NO_CARD, reference: references.reference(voucherPin) };
  return redemptionCommand(actor, { card, voucher: voucherReference, compared, idempotencyKey });
}

/** Why a card is no usable voucher, for the operator; undefined: the comparison gives the reason. */
async function reasonOf(
  { sql, writer }: RedemptionServices,
  card: Card | undefined,
): Promise<AuthenticationFailure | undefined> {
  const terms = card && (await writer.terms.load(sql, [card.batchId])).get(card.batchId);
  return card && terms && failureOf(card, { type: terms.type, asVoucher: true }, new Date());
}
