import { defineRelations } from 'drizzle-orm';
import * as audit from './audit.ts';
import * as batches from './batches.ts';
import * as calls from './calls.ts';
import * as cards from './cards.ts';
import * as events from './events.ts';
import * as files from './files.ts';
import * as imports from './imports.ts';
import * as keys from './keys.ts';
import * as ledger from './ledger.ts';
import * as partners from './partners.ts';
import * as rates from './rates.ts';
import * as reports from './reports.ts';
import * as retention from './retention.ts';
import * as reveals from './reveals.ts';
import * as security from './security.ts';

const schema = {
  ...audit,
  ...partners,
  ...rates,
  ...batches,
  ...cards,
  ...calls,
  ...ledger,
  ...events,
  ...files,
  ...imports,
  ...reports,
  ...retention,
  ...keys,
  ...reveals,
  ...security,
};

/** The relations between rows; the GraphQL schema uses these and no others. */
export const relations = defineRelations(schema, (r) => ({
  partners: {
    batches: r.many.cardBatches(),
    cards: r.many.cards(),
    apiKeys: r.many.apiKeys(),
    transfers: r.many.transfers(),
    parent: r.one.partners({ from: r.partners.parentId, to: r.partners.id, alias: 'below' }),
    children: r.many.partners({ from: r.partners.id, to: r.partners.parentId, alias: 'below' }),
  },
  apiKeys: {
    partner: r.one.partners({ from: r.apiKeys.partnerId, to: r.partners.id }),
    uses: r.many.apiKeyUses(),
  },
  apiKeyUses: {
    apiKey: r.one.apiKeys({ from: r.apiKeyUses.apiKeyId, to: r.apiKeys.id, optional: false }),
  },
  rateGroups: { rates: r.many.rates() },
  rates: {
    rateGroup: r.one.rateGroups({ from: r.rates.rateGroupId, to: r.rateGroups.id, optional: false }),
  },
  cardImports: {
    batch: r.one.cardBatches({ from: r.cardImports.batchId, to: r.cardBatches.id }),
    problems: r.many.cardImportProblems({
      from: r.cardImports.id,
      to: r.cardImportProblems.importId,
    }),
    notes: r.many.cardImportProblems({
      from: r.cardImports.id,
      to: r.cardImportProblems.importId,
      alias: 'notes',
    }),
  },
  cardImportProblems: {
    import: r.one.cardImports({ from: r.cardImportProblems.importId, to: r.cardImports.id, optional: false }),
  },
  cardBatches: {
    partner: r.one.partners({ from: r.cardBatches.partnerId, to: r.partners.id }),
    rateGroup: r.one.rateGroups({ from: r.cardBatches.rateGroupId, to: r.rateGroups.id, optional: false }),
    cards: r.many.cards(),
  },
  cards: {
    batch: r.one.cardBatches({ from: r.cards.batchId, to: r.cardBatches.id, optional: false }),
    partner: r.one.partners({ from: r.cards.partnerId, to: r.partners.id }),
    replacedBy: r.one.cards({ from: r.cards.replacedById, to: r.cards.id, alias: 'replacedBy' }),
    replaces: r.one.cards({ from: r.cards.replacesId, to: r.cards.id, alias: 'replaces' }),
    numbers: r.many.numberBindings(),
    transfers: r.many.transfers(),
    calls: r.many.calls(),
  },
  calls: {
    card: r.one.cards({ from: r.calls.cardId, to: r.cards.id, optional: false }),
    partner: r.one.partners({ from: r.calls.partnerId, to: r.partners.id }),
    transfers: r.many.transfers(),
  },
  numberBindings: {
    card: r.one.cards({ from: r.numberBindings.cardId, to: r.cards.id, optional: false }),
  },
  transfers: {
    card: r.one.cards({ from: r.transfers.cardId, to: r.cards.id }),
    partner: r.one.partners({ from: r.transfers.partnerId, to: r.partners.id }),
    call: r.one.calls({ from: r.transfers.callId, to: r.calls.id }),
    reverses: r.one.transfers({ from: r.transfers.reversesId, to: r.transfers.id, alias: 'reversal' }),
    reversal: r.one.transfers({ from: r.transfers.id, to: r.transfers.reversesId, alias: 'reversal' }),
  },
  failedAuthentications: {
    card: r.one.cards({ from: r.failedAuthentications.cardId, to: r.cards.id }),
  },
  pinReveals: {
    card: r.one.cards({ from: r.pinReveals.cardId, to: r.cards.id }),
    batch: r.one.cardBatches({ from: r.pinReveals.batchId, to: r.cardBatches.id }),
  },
  securityAlerts: {
    card: r.one.cards({ from: r.securityAlerts.cardId, to: r.cards.id }),
    partner: r.one.partners({ from: r.securityAlerts.partnerId, to: r.partners.id }),
  },
}));
