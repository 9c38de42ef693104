import * as input from '../../domain/rejections/input.ts';
import { PartnerInUse } from '../../domain/rejections/partners.ts';
import { removePartner } from '../../store/partners/partner-removal.ts';
import { builder } from '../core/builder.ts';
import { registerRejection } from '../core/errors.ts';
import { fromGlobalId } from '../core/global-id.ts';

registerRejection(PartnerInUse, 'The partner has been used and was not removed.', {
  name: 'The name of the partner.',
  partners: { type: 'Int', description: 'The number of partners directly below it.' },
  apiKeys: { type: 'Int', description: 'The number of its API keys, including revoked ones.' },
  batches: { type: 'Int', description: 'The number of its batches.' },
  transfers: { type: 'Int', description: 'The number of transfers of its wallet.' },
});

const RemovePartnerPayload = builder.objectRef<{ name: string }>('RemovePartnerPayload').implement({
  description: 'The partner that was removed.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name it had.' }),
  }),
});

builder.mutationField('removePartner', (t) =>
  t.field({
    type: RemovePartnerPayload,
    description:
      'Removes a partner that was never used: without partners below it, keys, batches and transfers. Suspend one that was.',
    errors: {
      types: [input.NotFound, PartnerInUse],
      union: { description: 'The partner that was removed, or the reason why it was not.' },
    },
    args: { id: t.arg.id({ required: true, description: 'The partner.' }) },
    resolve: async (_root, { id }, { database, partners, viewer }) => {
      const partner = await removePartner(database.sql, fromGlobalId('Partner', id), viewer.actorId);
      await partners.refresh();
      return partner;
    },
  }),
);
