import * as input from '../../domain/rejections/input.ts';
import { RateGroupInUse } from '../../domain/rejections/rates.ts';
import {
  createRateGroup,
  type RateGroup as RateGroupRow,
  removeRateGroup,
  renameRateGroup,
} from '../../store/rates/rate-groups.ts';
import { builder } from '../core/builder.ts';
import { registerRejection } from '../core/errors.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { RateGroup } from './rate-types.ts';

registerRejection(RateGroupInUse, 'The rate group is in use and was not removed.', {
  name: 'The name of the rate group.',
  batches: { type: 'Int', description: 'The number of batches that use it.' },
  partners: { type: 'Int', description: 'The number of partners that may choose it.' },
});

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

const UpdateRateGroupInput = builder.inputType('UpdateRateGroupInput', {
  description: 'Changes to a rate group.',
  fields: (t) => ({
    rateGroupId: t.id({ required: true, description: 'The rate group.' }),
    name: t.string({ required: true, description: 'The new name, unique, up to 100 characters.' }),
  }),
});

const UpdateRateGroupPayload = builder.objectRef<RateGroupRow>('UpdateRateGroupPayload').implement({
  description: 'The rate group after the change.',
  fields: (t) => ({
    rateGroup: t.field({ type: RateGroup, description: 'The rate group.', resolve: (group) => group }),
  }),
});

builder.mutationField('updateRateGroup', (t) =>
  t.field({
    type: UpdateRateGroupPayload,
    description:
      'Renames a rate group. For its rates, see importRates and setRate; for its terms, setCallTerms.',
    errors: {
      types: [input.InvalidInput, input.NameTaken, input.NotFound],
      union: {
        description: 'The rate group, or the reason why it was not changed.',
      },
    },
    args: { input: t.arg({ type: UpdateRateGroupInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input: { rateGroupId, name } }, { database, viewer }) => {
      const id = fromGlobalId('RateGroup', rateGroupId);
      return renameRateGroup(database.sql, { id, name, actorId: viewer.actorId });
    },
  }),
);

const RemoveRateGroupPayload = builder.objectRef<RateGroupRow>('RemoveRateGroupPayload').implement({
  description: 'The rate group that was removed.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name it had.' }),
  }),
});

builder.mutationField('removeRateGroup', (t) =>
  t.field({
    type: RemoveRateGroupPayload,
    description: 'Removes a rate group with its rates, if no batch uses it and no partner is limited to it.',
    errors: {
      types: [input.NotFound, RateGroupInUse],
      union: {
        description: 'The rate group that was removed, or the reason why it was not.',
      },
    },
    args: { rateGroupId: t.arg.id({ required: true, description: 'The rate group.' }) },
    resolve: async (_root, { rateGroupId }, { database, rateBook, viewer }) => {
      const id = fromGlobalId('RateGroup', rateGroupId);
      const group = await removeRateGroup(database.sql, id, viewer.actorId);
      rateBook.invalidate(id);
      return group;
    },
  }),
);
