import type { Decision, RuleContext } from '../decision.ts';
import type { Branch } from '../partners/branch.ts';
import { countRecharge, rechargedOn } from '../partners/recharged-today.ts';
import { TooManyBindings } from '../rejections/bindings.ts';
import { CardClosed, CardDeactivated, CardInactive, CardLocked } from '../rejections/cards.ts';
import { CurrencyMismatch, InvalidInput } from '../rejections/input.ts';
import {
  CallsInProgress,
  CardAlreadyUsed,
  CardReplaced,
  FirstUseOver,
  NoSpareCard,
  PartnerMismatch,
  ReplacementNotAllowed,
} from '../rejections/replacements.ts';
import type { Side, Transfer } from '../transfer.ts';
import { formatMicros, increased } from '../values/money.ts';
import { available, type BatchTerms, type Card } from './card.ts';
import { cardEvent, transferDetails } from './card-event.ts';
import { cardState, dueAt, isLocked } from './card-state.ts';
import { ownTermsOf } from './card-terms.ts';
import { chargeFee } from './fee.ts';
import { refuseLockOfOthers } from './lock.ts';
import { firstFeeAt, nextFeeFrom } from './maintenance-fee.ts';
import { moveNumbers } from './number-binding.ts';

/** A card with the terms of its batch and its bound numbers. */
interface Party {
  readonly card: Card;
  readonly terms: BatchTerms;
  /** The numbers (E.164) bound to it. */
  readonly numbers: readonly string[];
}

interface Replacement {
  readonly lost: Party;
  /** Undefined when none was named and the batch has none in stock. */
  readonly spare: Party | undefined;
  readonly reason: string;
  /** Whose cards the actor may touch; null: all. */
  readonly reach: Branch | null;
}

export interface CardReplacement {
  readonly cardId: string;
  readonly newCardId: string;
  readonly currency: string;
  /** Micro-units moved from the old card to the new one. */
  readonly moved: bigint;
  /** Micro-units the lost card paid for the replacement first. */
  readonly fee: bigint;
}

/**
 * Replaces a lost card with a new one. The lost card's balance after the batch's fee, its validity, its own terms and its
 * numbers move to the new card; the lost card is out of service for good. The new card receives no face value, since it replaces one
 * that was issued. It keeps what it already had.
 *
 * The money passes through a clearing account of the operator, so that each card's statement has its own transfer; the
 * account is empty again after the same decision.
 */
export function replaceCard(
  { lost, spare, reason, reach }: Replacement,
  at: RuleContext,
): Decision<CardReplacement> {
  refuseUnlessReplaceable(lost, reach, at.now);
  if (!spare) throw new NoSpareCard({ serial: lost.card.serial });
  refuseUnlessFit(spare, lost, at.now);

  const fee = { kind: 'REPLACEMENT_FEE', amount: lost.terms.replacementFee, reason } as const;
  const charged = chargeFee(lost.card, fee, at);
  const moved = available(charged.card);
  const before = takeOutOfService(charged.card, { moved, replacedById: spare.card.id });
  const after = substitute(spare, { of: lost.card, moved }, at.now);
  const transfers = moved > 0n ? throughClearing({ from: before, to: after, amount: moved, reason }, at) : [];
  const [out, into] = transfers;
  const numbers = moveNumbers(lost.numbers, { from: before, to: after }, at);
  return {
    outcome: {
      cardId: before.id,
      newCardId: after.id,
      currency: before.currency,
      moved,
      fee: lost.card.balance - charged.card.balance,
    },
    cards: [before, after],
    transfers: [...charged.transfers, ...transfers],
    unbind: numbers.unbind,
    bind: numbers.bind,
    events: [
      ...charged.events,
      cardEvent('CARD_REPLACED', before, at.actorId, {
        ...(out && transferDetails(out, -moved)),
        reason,
        replacedBy: after.id,
      }),
      cardEvent('CARD_REPLACED', after, at.actorId, {
        ...(into && transferDetails(into, moved)),
        reason,
        replaces: before.id,
      }),
      ...numbers.events,
    ],
  };
}

/**
 * Whether a card may be taken from the stock of its batch as a replacement. store/cards/card-replacement.ts has the
 * same rule.
 */
export function isSpare(card: Card, now: Date): boolean {
  if (card.status !== 'INACTIVE' || card.lockedAt !== null) return false;
  return card.validUntil === null || card.validUntil > now;
}

function refuseUnlessReplaceable({ card, terms }: Party, reach: Branch | null, now: Date): void {
  const { serial, currency } = card;
  if (card.replacedById !== null) throw new CardReplaced({ serial });
  const state = cardState(card, now);
  if (state === 'EXPIRED' || state === 'CLOSED') throw new CardClosed({ serial });
  if (state === 'INACTIVE') throw new CardInactive({ serial });
  if (isLocked(card, now)) refuseLockOfOthers(card, reach);
  if (!terms.replacementAllowed) throw new ReplacementNotAllowed({ serial });
  if (card.callsInProgress > 0)
    throw new CallsInProgress({ serial, held: formatMicros(card.held), currency });
}

function refuseUnlessFit({ card, terms, numbers }: Party, lost: Party, now: Date): void {
  const { serial, currency } = card;
  if (card.id === lost.card.id) {
    throw new InvalidInput({ field: 'newCard', problem: 'must be another card than the one it replaces.' });
  }
  if (card.partnerId !== lost.card.partnerId) throw new PartnerMismatch({ serial });
  if (currency !== lost.card.currency) {
    throw new CurrencyMismatch({ expected: lost.card.currency, given: currency });
  }
  if (card.replacedById !== null) throw new CardReplaced({ serial });
  if (card.firstUsedAt !== null || card.replacesId !== null) throw new CardAlreadyUsed({ serial });
  const state = cardState(card, now);
  if (state === 'EXPIRED' || state === 'CLOSED') throw new CardClosed({ serial });
  if (state === 'DEACTIVATED') throw new CardDeactivated({ serial });
  if (isLocked(card, now)) throw new CardLocked({ serial });
  if (card.validUntil !== null && card.validUntil <= now) throw new FirstUseOver({ serial });
  const limit = lost.card.ownMaxBoundNumbers ?? terms.maxBoundNumbers;
  if (lost.numbers.length > 0 && numbers.length + lost.numbers.length > limit) {
    throw new TooManyBindings({ serial, limit });
  }
}

/** The validity stays on the card: when it ends the card is closed like any other. */
function takeOutOfService(card: Card, change: { moved: bigint; replacedById: string }): Card {
  const deactivated = { ...card, status: 'DEACTIVATED' as const, nextFeeAt: null };
  return {
    ...deactivated,
    balance: card.balance - change.moved,
    version: card.version + 1,
    replacedById: change.replacedById,
    dueAt: dueAt(deactivated),
  };
}

function substitute({ card, terms }: Party, { of, moved }: { of: Card; moved: bigint }, now: Date): Card {
  const substituted = {
    ...card,
    status: of.status === 'IN_GRACE' ? of.status : ('ACTIVE' as const),
    activatedAt: card.activatedAt ?? now,
    firstUsedAt: of.firstUsedAt,
    validUntil: of.validUntil,
    graceUntil: of.graceUntil,
    ...ownTermsOf(of, card),
    nextFeeAt: of.firstUsedAt === null ? null : nextFeeOf(of, terms, now),
  };
  return {
    ...withRechargesOf(substituted, of, now),
    balance: increased(card.balance, moved, card.currency),
    version: card.version + 1,
    replacesId: of.id,
    dueAt: dueAt(substituted),
  };
}

/** The lost card's recharges of today count for the new card: a replacement must not reset a daily limit. */
function withRechargesOf(card: Card, of: Card, now: Date): Card {
  const today = rechargedOn(of, now);
  return today === 0n ? card : countRecharge(card, today, now);
}

/** The new card keeps the rhythm of the lost card's fee, with the terms of its own batch. */
function nextFeeOf({ nextFeeAt }: Card, terms: BatchTerms, now: Date): Date | null {
  if (terms.maintenanceFee === null || nextFeeAt === null) return firstFeeAt(terms, now);
  return nextFeeFrom({ nextFeeAt }, terms, now);
}

/** A card was replaced and money must go to its replacement, which has to be read and locked too. */
export class SuccessorNeeded extends Error {
  override readonly name = 'SuccessorNeeded';
}

interface LateMoney {
  readonly card: Card;
  /** The last card in its chain of replacements. */
  readonly successor: Card | undefined;
  readonly reason: string;
}

/**
 * Moves money that arrived late on a replaced card to its replacement. Undefined when there is none.
 *
 * @throws SuccessorNeeded
 */
export function passOn({ card, successor, reason }: LateMoney, at: RuleContext) {
  const amount = available(card);
  if (card.replacedById === null || amount === 0n) return undefined;
  if (!successor || successor.replacedById !== null) throw new SuccessorNeeded();
  const from = { ...card, balance: card.balance - amount, version: card.version + 1 };
  const to = { ...successor, balance: successor.balance + amount, version: successor.version + 1 };
  const transfers = throughClearing({ from, to, amount, reason }, at);
  const [out, into] = transfers;
  return {
    card: from,
    successor: to,
    transfers,
    events: [
      cardEvent('CARD_REPLACED', from, at.actorId, {
        ...(out && transferDetails(out, -amount)),
        reason,
      }),
      cardEvent('CARD_REPLACED', to, at.actorId, {
        ...(into && transferDetails(into, amount)),
        reason,
        replaces: card.id,
      }),
    ],
  };
}

function throughClearing(
  { from, to, amount, reason }: { from: Card; to: Card; amount: bigint; reason: string },
  at: RuleContext,
): Transfer[] {
  const { currency } = from;
  const clearing: Side = { operator: { kind: 'REPLACEMENTS', currency } };
  const shared = { kind: 'REPLACEMENT', amount, currency, reason } as const;
  return [
    { ...shared, id: at.newId(), debit: { card: from }, credit: clearing },
    { ...shared, id: at.newId(), debit: clearing, credit: { card: to } },
  ];
}
