import * as input from '../../domain/rejections/input.ts';
import { createRateGroup, type RateGroup as RateGroupRow } from '../../store/rates/rate-groups.ts';
import { builder } from '../core/builder.ts';
import { RateGroup } from './rate-types.ts';

const CreateRateGroupInput = builder.inputType('CreateRateGroupInput', {
  description: 'The input for createRateGroup.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'The name, unique, up to 100 characters.' }),
    currency: t.field({
      type: 'CurrencyCode',
      required: true,
      description: 'The currency of the rates, which cannot be changed later.',
    }),
  }),
});

const CreateRateGroupPayload = builder.objectRef<RateGroupRow>('CreateRateGroupPayload').implement({
  description: 'The new rate group.',
  fields: (t) => ({
    rateGroup: t.field({
      type: RateGroup,
      description: 'The rate group, which has no rates yet.',
      resolve: (group) => group,
    }),
  }),
});

builder.mutationField('createRateGroup', (t) =>
  t.field({
    type: CreateRateGroupPayload,
    description: 'Creates an empty rate group. Fill it with importRates.',
    errors: {
      types: [input.InvalidInput, input.NameTaken],
      union: { description: 'The rate group, or the reason why it was not created.' },
    },
    args: { input: t.arg({ type: CreateRateGroupInput, required: true, description: 'The rate group.' }) },
    resolve: (_root, { input: { name, currency } }, { database }) =>
      createRateGroup(database.sql, { name, currency }),
  }),
);
