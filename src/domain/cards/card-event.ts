import { z } from 'zod';
import type { Transfer, TransferKind } from '../transfer.ts';
import { formatMicros } from '../values/money.ts';
import { added, amount, count, text, word } from '../values/payload-fields.ts';
import type { Card, CardStatus, LockReason } from './card.ts';
import type { CardState } from './card-state.ts';

/** What events say about a card's money. */
export const balances = { currency: text, balance: amount, held: amount, version: count };

/** A card as events show it, at one version. An event about a range shares one snapshot, so the serial is separate. */
const snapshot = z.object({
  ...balances,
  status: word<CardStatus>(),
  /** ISO 8601, as all instants. The first events about ranges of cards had neither dates nor locks. */
  validUntil: added(text.nullable(), null),
  graceUntil: added(text.nullable(), null),
  lockReason: added(word<LockReason>().nullable(), null),
  unlockAt: added(text.nullable(), null),
});
export type CardSnapshot = z.output<typeof snapshot>;

/** One card, as it is after the event. */
export const ofCard = {
  card: snapshot.extend({ serial: text }),
  /** The previous state, when the event changed it. */
  stateBefore: word<CardState>().optional(),
};

const ofRange = {
  count,
  /** What is true of each of the cards after the event. */
  each: snapshot,
  stateBefore: word<CardState>().optional(),
  /** What was added to each card. */
  change: amount.optional(),
};

/** What a transfer did to the card. */
const moved = { transferId: text, kind: word<TransferKind>(), change: amount };
/** The wallet that was touched, and its balance after the event; left out: none. */
const wallet = { payerId: text.optional(), walletBalance: amount.optional() };
/** For events that may or may not move money. */
export const mayHaveMoved = {
  transferId: text.optional(),
  kind: word<TransferKind>().optional(),
  change: amount.optional(),
};

export const CARD_PAYLOADS = {
  CARDS_ACTIVATED: z.object(ofRange),
  CARDS_DEACTIVATED: z.object(ofRange),
  CARD_FIRST_USED: z.object(ofCard),
  CARD_RECHARGED: z.object({ ...ofCard, ...moved, ...wallet }),
  RECHARGE_REVERSED: z.object({ ...ofCard, ...moved, ...wallet, reverses: text }),
  VOUCHER_REDEEMED: z.object({ ...ofCard, ...moved, reason: text }),
  CARD_BALANCE_ADJUSTED: z.object({ ...ofCard, ...moved, reason: text }),
  FEE_CHARGED: z.object({ ...ofCard, ...moved, reason: text }),
  LOW_BALANCE: z.object({ ...ofCard, threshold: amount }),
  CARD_LOCKED: z.object({
    ...ofCard,
    reason: word<LockReason>(),
    note: text.nullable(),
    unlockAt: text.nullable(),
  }),
  CARD_UNLOCKED: z.object({ ...ofCard, reason: word<LockReason>().nullable(), note: text.nullable() }),
  CARD_GRACE_STARTED: z.object(ofCard),
  CARD_REOPENED: z.object({ ...ofCard, ...mayHaveMoved, reason: text }),
  CARD_CLOSED: z.object({ ...ofCard, ...mayHaveMoved, reason: text.optional() }),
  /** A replacement makes two of these: each card names the other. */
  CARD_REPLACED: z.object({
    ...ofCard,
    ...mayHaveMoved,
    reason: text,
    replacedBy: text.optional(),
    replaces: text.optional(),
  }),
  NUMBER_BOUND: z.object({ ...ofCard, number: text, movedFrom: text.optional() }),
  NUMBER_UNBOUND: z.object({ ...ofCard, number: text }),
};

export function snapshotOfCard(card: Card): CardSnapshot {
  return {
    currency: card.currency,
    balance: formatMicros(card.balance),
    held: formatMicros(card.held),
    version: card.version,
    status: card.status,
    validUntil: card.validUntil?.toISOString() ?? null,
    graceUntil: card.graceUntil?.toISOString() ?? null,
    lockReason: card.lockReason,
    unlockAt: card.unlockAt?.toISOString() ?? null,
  };
}

type CardEventType = keyof typeof CARD_PAYLOADS;
/** What the creator of an event adds to the card itself. */
type Details<Type extends CardEventType> = Omit<z.input<(typeof CARD_PAYLOADS)[Type]>, keyof typeof ofCard>;

/** An event about one card, with the card as it is after the change. */
export function cardEvent<Type extends CardEventType>(
  type: Type,
  card: Card,
  actorId: string,
  details: Details<Type>,
) {
  return { type, ...aboutCard(card, actorId, details) };
}

export function aboutCard<More>(card: Card, actorId: string, more: More) {
  return {
    actorId,
    cardId: card.id,
    batchId: card.batchId,
    ...(card.partnerId !== null && { partnerId: card.partnerId }),
    payload: { card: { serial: card.serial, ...snapshotOfCard(card) }, ...more },
  };
}

/** @param change micro-units added to the card, or taken from it when negative */
export function transferDetails({ id, kind }: Transfer, change: bigint) {
  return { transferId: id, kind, change: formatMicros(change) };
}
