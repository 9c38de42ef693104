import { type SQL, sql } from 'drizzle-orm';
import { normalizePrefix } from '../../domain/rates/destination.ts';
import { InvalidInput } from '../../domain/rejections/input.ts';
import type { rates } from '../../store/schema/rates.ts';
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
    destination: t.string({ description: 'Rates whose destination contains this text, ignoring case.' }),
    inEffectAt: t.field({
      type: 'DateTime',
      description:
        'The rates that price calls at that instant: for each prefix the latest, if it is offered then.',
    }),
  }),
});

builder.queryField('rates', (t) =>
  t.drizzleConnection(
    {
      type: 'rates',
      description:
        'The rates of a group, by prefix and then by date, including superseded and withdrawn ones unless the filter says otherwise.',
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
                when(filter?.inEffectAt, (at) => ({ RAW: (rate) => isInEffect(rate, at) })),
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

/** The condition that a rate is the one for its prefix at an instant. */
function isInEffect(rate: typeof rates, at: Date): SQL {
  const instant = sql`${at.toISOString()}::timestamptz`;
  return sql`${rate.effectiveFrom} <= ${instant} AND NOT ${rate.withdrawn} AND NOT ${rate.barred}
    AND (${rate.effectiveTo} IS NULL OR ${rate.effectiveTo} > ${instant})
    AND NOT EXISTS (
      SELECT FROM rates AS later WHERE later.rate_group_id = ${rate.rateGroupId} AND later.prefix = ${rate.prefix}
        AND later.effective_from > ${rate.effectiveFrom} AND later.effective_from <= ${instant}
    )`;
}

/** A range uses the index where LIKE might not. ":" comes after "9". */
function startingWith(written: string): { gte: string; lt: string } {
  const prefix = normalizePrefix(written);
  if (prefix === null) {
    throw new InvalidInput({ field: 'prefix', problem: 'must be 1 to 15 digits such as 39 or +39.' });
  }
  return { gte: prefix, lt: `${prefix}:` };
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
