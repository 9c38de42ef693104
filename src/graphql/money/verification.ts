import type { Discrepancy, Verification } from '../../store/verification.ts';
import { builder } from '../core/builder.ts';

const DiscrepancyType = builder.objectRef<Discrepancy>('Discrepancy').implement({
  description: 'A row that is not what the movements say it is.',
  fields: (t) => ({
    check: t.exposeString('check', { description: 'The check that found it.' }),
    row: t.exposeString('row', { description: 'The row.' }),
    problem: t.exposeString('problem', { description: 'What is wrong with it.' }),
  }),
});

const VerificationType = builder.objectRef<Verification>('Verification').implement({
  description:
    'The proof that every balance is the sum of its movements, that no event is missing and that the audit trail is as it was sealed.',
  fields: (t) => ({
    clean: t.exposeBoolean('clean', { description: 'Whether nothing was found.' }),
    cards: t.string({ description: 'How many cards were looked at.', resolve: (v) => v.cards.toString() }),
    partners: t.string({ description: 'How many wallets.', resolve: (v) => v.partners.toString() }),
    transfers: t.string({ description: 'How many movements.', resolve: (v) => v.transfers.toString() }),
    events: t.string({ description: 'How many events.', resolve: (v) => v.events.toString() }),
    idempotencyKeys: t.string({
      description: 'How many acknowledged keys.',
      resolve: (v) => v.idempotencyKeys.toString(),
    }),
    auditEntries: t.string({
      description: 'How many entries of the audit trail.',
      resolve: (v) => v.auditEntries.toString(),
    }),
    lastSeal: t.exposeString('lastSeal', {
      nullable: true,
      description:
        'The hash of the last block of the audit trail. Keep it where nobody reaches who reaches the database: it proves that nobody made the whole chain anew.',
    }),
    discrepancies: t.field({
      type: [DiscrepancyType],
      description: 'What was found, the first 1,000 of each check.',
      resolve: (v) => [...v.discrepancies],
    }),
  }),
});

builder.queryField('verification', (t) =>
  t.field({
    type: VerificationType,
    description:
      'Recomputes every balance from the movements, in one snapshot and without locks. Reads everything: minutes on a large database. Who asks while one is under way gets its outcome.',
    resolve: (_root, _args, { verification }) => verification.run(),
  }),
);
