import type { BatchTerms, Card } from '../../domain/cards/card.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import type { PostedTransfer } from '../../domain/transfer.ts';
import { cardBatches } from '../schema/batches.ts';
import { cards } from '../schema/cards.ts';
import { transfers } from '../schema/ledger.ts';
import { partners } from '../schema/partners.ts';
import { TableRows } from './table-rows.ts';

// A column that the table and the domain type don't both have is a type error here.

/** Cards as the rules see them: without their PIN columns. */
export const cardRows: TableRows<Card> = TableRows.of(cards).omit('pinDigest', 'pinCipher', 'pinKeyId');

export const partnerRows: TableRows<Partner> = TableRows.of(partners);

export const transferRows: TableRows<PostedTransfer> = TableRows.of(transfers);

/** What all cards of a batch have in common: without its owner, its PIN columns and its progress. */
export const termsRows: TableRows<BatchTerms> = TableRows.of(cardBatches).omit(
  'state',
  'quantity',
  'made',
  'firstUseBy',
  'partnerId',
  'pinFormat',
  'pinLength',
  'pinAlphabet',
  'pinPrefix',
  'pinSuffix',
  'pinCheckDigit',
  'failure',
  'claimedBy',
  'claimedUntil',
  'startedAt',
  'finishedAt',
  'exportedAt',
  'createdBy',
  'createdAt',
);
