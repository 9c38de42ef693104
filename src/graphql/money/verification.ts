import type { Discrepancy, Verification } from '../../store/verification.ts';
import { builder } from '../core/builder.ts';

const DiscrepancyType = builder.objectRef<Discrepancy>('Discrepancy').implement({
  description: 'A row that does not match the transfers.',
  fields: (t) => ({
    check: t.exposeString('check', { description: 'The check that failed.' }),
    row: t.exposeString('row', { description: 'The row.' }),
    problem: t.exposeString('problem', { description: 'What is wrong with it.' }),
  }),
});

const VerificationType = builder.objectRef<Verification>('Verification').implement({
  description:
    'The result of verifying that every balance is the sum of its transfers, that no event is missing and that the audit trail matches its seals.',
  fields: (t) => ({
    clean: t.exposeBoolean('clean', { description: 'Whether no discrepancy was found.' }),
    cards: t.string({ description: 'The number of cards checked.', resolve: (v) => v.cards.toString() }),
    partners: t.string({
      description: 'The number of wallets checked.',
      resolve: (v) => v.partners.toString(),
    }),
    transfers: t.string({
      description: 'The number of transfers checked.',
      resolve: (v) => v.transfers.toString(),
    }),
    events: t.string({ description: 'The number of events checked.', resolve: (v) => v.events.toString() }),
    idempotencyKeys: t.string({
      description: 'The number of acknowledged idempotency keys checked.',
      resolve: (v) => v.idempotencyKeys.toString(),
    }),
    auditEntries: t.string({
      description: 'The number of audit entries checked.',
      resolve: (v) => v.auditEntries.toString(),
    }),
    lastSeal: t.exposeString('lastSeal', {
      nullable: true,
      description:
        'The hash of the last sealed block of the audit trail. Store it where nobody with access to the database can change it: it proves that the chain was not rebuilt as a whole.',
    }),
    discrepancies: t.field({
      type: [DiscrepancyType],
      description: 'The discrepancies, at most the first 1,000 of each check.',
      resolve: (v) => [...v.discrepancies],
    }),
  }),
});

builder.queryField('verification', (t) =>
  t.field({
    type: VerificationType,
    description:
      'Recomputes every balance from the transfers, in one snapshot and without locks. It reads all data, which takes minutes on a large database. Concurrent requests share one run and its result.',
    resolve: (_root, _args, { verification }) => verification.run(),
  }),
);
