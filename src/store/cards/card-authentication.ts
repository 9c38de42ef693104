import type { Card, CardType } from '../../domain/cards/card.ts';
import { canAuthenticate } from '../../domain/cards/first-use.ts';
import { AuthenticationRefused } from '../../domain/rejections/cards.ts';
import { failureOf } from '../../domain/security/authentication-failure.ts';
import type { Attempt } from '../../domain/security/guessing.ts';
import { type Credentials, cardOfNumber } from '../pins/caller-lookup.ts';
import type { PinDefence } from '../pins/pin-defence.ts';
import type { Sql } from '../postgres/database.ts';
import type { CommandRunner } from '../writer/command.ts';
import { firstUseCommand } from '../writer/commands/cards.ts';
import type { Actor } from '../writer/commands/once.ts';

export interface AuthenticationServices {
  readonly sql: Sql;
  readonly writer: CommandRunner;
  readonly defence: PinDefence;
}

/**
 * Finds the active card of a caller and records its first use.
 *
 * @throws AuthenticationRefused, identical for every reason: unknown, wrong, a voucher, inactive, locked, in grace,
 *   closed, or too many failures from the same source.
 */
export async function authenticateCard(
  services: AuthenticationServices,
  actor: Actor,
  { credentials, attempt }: { credentials: Credentials; attempt: Attempt },
): Promise<Card> {
  if ('ani' in credentials) {
    const card = await cardOfNumber(services.sql, credentials.ani);
    const type = card && (await typeOf(services, card));
    const admitted = card && type && (await admit(services, actor, { card, type, known: true }));
    if (admitted) return admitted;
    throw new AuthenticationRefused();
  }
  using comparison = await services.defence.compare(attempt, credentials);
  const { card, proven } = comparison;
  const type = card && (await typeOf(services, card));
  const now = new Date();
  const admitted = card && type && (await admit(services, actor, { card, type, known: proven }, now));
  if (admitted) {
    comparison.grant();
    return admitted;
  }
  await comparison.refuse(card && type && failureOf(card, { type, asVoucher: false }, now));
  throw new AuthenticationRefused();
}

async function typeOf(
  { sql, writer }: AuthenticationServices,
  { batchId }: Card,
): Promise<CardType | undefined> {
  return (await writer.terms.load(sql, [batchId])).get(batchId)?.type;
}

/** The card with its first use recorded; undefined when it may not authenticate. */
async function admit(
  { writer }: AuthenticationServices,
  actor: Actor,
  { card, type, known }: { card: Card; type: CardType; known: boolean },
  now = new Date(),
): Promise<Card | undefined> {
  if (!canAuthenticate(card, { type, known }, now)) return undefined;
  if (card.firstUsedAt !== null) return card;
  try {
    return await writer.run(firstUseCommand(actor, { cardId: card.id, known }));
  } catch (error) {
    if (error instanceof AuthenticationRefused) return undefined;
    throw error;
  }
}
