import type { Card } from '../../domain/cards/card.ts';
import { canAuthenticate } from '../../domain/cards/first-use.ts';
import { AuthenticationRefused } from '../../domain/rejections/cards.ts';
import { failureOf } from '../../domain/security/authentication-failure.ts';
import type { Attempt } from '../../domain/security/guessing.ts';
import { type Credentials, cardOfNumber } from '../pins/caller-lookup.ts';
import type { Found, PinDefence, Verdict } from '../pins/pin-defence.ts';
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
  if (!('ani' in credentials)) {
    const card = await services.defence.check(attempt, credentials, (found) => judge(services, actor, found));
    if (card) return card;
    throw new AuthenticationRefused();
  }
  const card = await cardOfNumber(services.sql, credentials.ani);
  const verdict = await judge(services, actor, { card, proven: true, compared: true });
  if ('granted' in verdict) return verdict.granted;
  throw new AuthenticationRefused();
}

async function judge(
  { sql, writer }: AuthenticationServices,
  actor: Actor,
  { card, proven }: Found,
): Promise<Verdict<Card>> {
  const terms = card && (await writer.terms.load(sql, [card.batchId])).get(card.batchId);
  if (!card || !terms) return { refused: undefined };
  const now = new Date();
  const refused = () => ({ refused: failureOf(card, { type: terms.type, asVoucher: false }, now) });
  if (!canAuthenticate(card, { type: terms.type, known: proven }, now)) return refused();
  if (card.firstUsedAt !== null) return { granted: card };
  try {
    return { granted: await writer.run(firstUseCommand(actor, { cardId: card.id, known: proven })) };
  } catch (error) {
    if (error instanceof AuthenticationRefused) return refused();
    throw error;
  }
}
