import * as input from '../../domain/rejections/input.ts';
import { createRateGroup, type RateGroup as RateGroupRow } from '../../store/rates/rate-groups.ts';
import { builder } from '../core/builder.ts';
import { RateGroup } from './rate-types.ts';

const CreateRateGroupInput = builder.inputType('CreateRateGroupInput', {
  description: 'A price list to be created.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name, unique, up to 100 characters.' }),
    currency: t.field({
      type: 'CurrencyCode',
      required: true,
      description: 'The currency of its rates, for ever.',
    }),
  }),
});

const CreateRateGroupPayload = builder.objectRef<RateGroupRow>('CreateRateGroupPayload').implement({
  description: 'The new price list.',
  fields: (t) => ({
    rateGroup: t.field({ type: RateGroup, description: 'The list, empty.', resolve: (group) => group }),
  }),
});

builder.mutationField('createRateGroup', (t) =>
  t.field({
    type: CreateRateGroupPayload,
    description: 'Creates an empty price list. Fill it with importRates.',
    errors: {
      types: [input.InvalidInput, input.NameTaken],
      union: { name: 'CreateRateGroupResult', description: 'The price list, or why there is none.' },
    },
    args: { input: t.arg({ type: CreateRateGroupInput, required: true, description: 'The price list.' }) },
    resolve: (_root, { input: { name, currency } }, { database }) =>
      createRateGroup(database.sql, { name, currency }),
  }),
);
