import type { PostedTransfer } from '../../domain/transfer.ts';
import { Card } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { moneyField } from '../core/money.ts';
import { Transfer } from './transfers.ts';

/** The payload of a mutation that transfers money to or from a card. */
export function movedMoneyPayload(name: string, description: string) {
  return builder.objectRef<PostedTransfer>(name).implement({
    description,
    fields: (t) => ({
      transfer: t.field({ type: Transfer, description: 'The transfer.', resolve: (transfer) => transfer }),
      balance: t.field(
        moneyField(
          ({ cardBalanceAfter }: PostedTransfer) => cardBalanceAfter ?? 0n,
          "The card's balance immediately after the transfer. Repeating the request returns the same balance.",
        ),
      ),
      card: t.drizzleField({
        type: Card,
        description: 'The card in its current state.',
        resolve: (query, { cardId }, _args, { database }) =>
          database.drizzle.query.cards.findFirst(query({ where: { id: cardId ?? '' } })) as never,
      }),
    }),
  });
}
