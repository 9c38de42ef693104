import { builder } from './builder.ts';

export const RateGroup = builder.drizzleNode('rateGroups', {
  name: 'RateGroup',
  description: 'A price list in one currency.',
  id: { column: (group) => group.id, description: 'The global id.' },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name, unique.' }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'The currency of its rates.' }),
    version: t.exposeInt('version', { description: 'Grows by one with every import.' }),
    rateCount: t.exposeInt('rateCount', { description: 'How many prefixes it prices.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
  }),
});
