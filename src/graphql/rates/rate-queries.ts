import { normalisePrefix } from '../../domain/rates/destination.ts';
import { InvalidInput } from '../../domain/rejections/input.ts';
import { builder } from '../core/builder.ts';
import { when } from '../core/filter.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { RateConnection, RateGroupConnection } from './rate-types.ts';

builder.queryField('rateGroups', (t) =>
  t.drizzleConnection(
    {
      type: 'rateGroups',
      description: 'Rate groups, by name.',
      resolve: (query, _root, _args, { database }) =>
        database.drizzle.query.rateGroups.findMany(query({ orderBy: { name: 'asc' } })),
    },
    RateGroupConnection,
  ),
);

const RateFilter = builder.inputType('RateFilter', {
  description: 'Filters rates. Omitted fields do not filter.',
  fields: (t) => ({
    prefix: t.string({
      description: 'Rates whose prefix starts with these digits; +39, 0039 and 39 are equivalent.',
    }),
    destination: t.string({ description: 'Calls whose destination contains this text, ignoring case.' }),
  }),
});

builder.queryField('rates', (t) =>
  t.drizzleConnection(
    {
      type: 'rates',
      description:
        'The rates of a group, by prefix and then by date, including superseded and withdrawn ones.',
      args: {
        rateGroupId: t.arg.id({ required: true, description: 'The rate group.' }),
        filter: t.arg({ type: RateFilter, description: 'Filters the rates.' }),
      },
      resolve: (query, _root, { rateGroupId, filter }, { database }) =>
        database.drizzle.query.rates.findMany(
          query({
            where: {
              AND: [
                { rateGroupId: fromGlobalId('RateGroup', rateGroupId) },
                when(filter?.prefix, (prefix) => ({ prefix: startingWith(prefix) })),
                filter?.destination ? { destination: { ilike: `%${escapeLike(filter.destination)}%` } } : {},
              ],
            },
            orderBy: { prefix: 'asc', effectiveFrom: 'asc' },
          }),
        ),
    },
    RateConnection,
  ),
);

/** A range uses the index where LIKE might not. ":" comes after "9". */
function startingWith(written: string): { gte: string; lt: string } {
  const prefix = normalisePrefix(written);
  if (prefix === null) {
    throw new InvalidInput({ field: 'prefix', problem: 'must be 1 to 15 digits such as 39 or +39.' });
  }
  return { gte: prefix, lt: `${prefix}:` };
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
