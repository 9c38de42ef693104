import type { Card, CardType } from '../../domain/cards/card.ts';
import { disclosedState, type Identification, refusalOf } from '../../domain/cards/disclosed-state.ts';
import { AuthenticationRefused } from '../../domain/rejections/cards.ts';
import { Rejection } from '../../domain/rejections/rejection.ts';
import { failureOf } from '../../domain/security/authentication-failure.ts';
import type { Attempt } from '../../domain/security/guessing.ts';
import { type Credentials, cardOfNumber } from '../pins/caller-lookup.ts';
import type { PinDefense } from '../pins/pin-defense.ts';
import type { Sql } from '../postgres/database.ts';
import type { CommandRunner } from '../writer/command.ts';
import { firstUseCommand } from '../writer/commands/cards.ts';
import type { Actor } from '../writer/commands/once.ts';

interface AuthenticationServices {
  readonly sql: Sql;
  readonly writer: CommandRunner;
  readonly defense: PinDefense;
}

interface AuthenticationOrder {
  readonly credentials: Credentials;
  readonly attempt: Attempt;
  /** Whether the caller begins to use the card now: its validity starts, unless it has started before. */
  readonly use: boolean;
}

/**
 * Finds the card of a caller: one in service, or in its grace. Asking changes nothing; the first use is recorded only on
 * request.
 *
 * @throws AuthenticationRefused, identical for every caller who has not trusted a PIN: unknown, wrong, a voucher, locked
 *   by wrong PINs, or too many failures from the same source; with the right PIN, the reason why the card is of no use
 */
export async function authenticateCard(
  services: AuthenticationServices,
  actor: Actor,
  { credentials, attempt, use }: AuthenticationOrder,
): Promise<Card> {
  if ('ani' in credentials) {
    const card = await cardOfNumber(services.sql, credentials.ani);
    const type = card && (await typeOf(services, card));
    const found = card && type && ({ card, type, by: 'NUMBER', known: true } as const);
    const answer = found && (await answerTo(services, actor, found, { use }));
    if (answer && !(answer instanceof Rejection)) return answer;
    throw new AuthenticationRefused();
  }
  using comparison = await services.defense.compare(attempt, credentials);
  const { card, trusted } = comparison;
  const type = card && (await typeOf(services, card));
  const now = new Date();
  const found = card && type && ({ card, type, by: 'PIN', known: trusted } as const);
  const answer = found && (await answerTo(services, actor, found, { use, now }));
  if (answer && !(answer instanceof Rejection)) {
    comparison.grant();
    return answer;
  }
  await comparison.refuse(card && type && failureOf(card, { type, asVoucher: false }, now));
  throw answer ?? new AuthenticationRefused();
}

async function typeOf(
  { sql, writer }: AuthenticationServices,
  { batchId }: Card,
): Promise<CardType | undefined> {
  return (await writer.terms.load(sql, [batchId])).get(batchId)?.type;
}

/** A caller's card, and how it was found. */
interface FoundCard {
  readonly card: Card;
  readonly type: CardType;
  readonly by: Identification;
  readonly known: boolean;
}

/** The card, with its first use recorded if asked for; the reason why it is of no use; undefined: nothing is revealed. */
async function answerTo(
  { writer }: AuthenticationServices,
  actor: Actor,
  { card, type, by, known }: FoundCard,
  { use, now = new Date() }: { use: boolean; now?: Date },
): Promise<Card | Rejection | undefined> {
  const state = disclosedState(card, { type, by, known }, now);
  if (state === undefined) return undefined;
  if (state !== 'ACTIVE' && state !== 'IN_GRACE') return refusalOf(card, state);
  if (!use || state === 'IN_GRACE' || card.firstUsedAt !== null) return card;
  try {
    return await writer.run(firstUseCommand(actor, { cardId: card.id, known }));
  } catch (error) {
    if (error instanceof AuthenticationRefused) return undefined;
    throw error;
  }
}
