import type { Stats, StatsScope } from '../../realtime/live-stats.ts';
import { builder } from '../core/builder.ts';
import type { GraphContext } from '../core/context.ts';
import { optionalGlobalId } from '../core/global-id.ts';
import { moneyField } from '../core/money.ts';
import { refuseUnknown } from './watching.ts';

interface Turnover {
  readonly currency: string;
  /** Micro-units. */
  readonly recharged: bigint;
  readonly charged: bigint;
}

const LiveTurnover = builder.objectRef<Turnover>('LiveTurnover').implement({
  description: 'The turnover in one currency in the last sixty seconds.',
  fields: (t) => ({
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'The currency.' }),
    recharged: t.field(moneyField('recharged', 'The amount put on cards, by recharge or voucher.')),
    charged: t.field(
      moneyField('charged', 'The amount charged for calls, minus refunds after late reports.'),
    ),
  }),
});

const LiveStats = builder.objectRef<Stats>('LiveStats').implement({
  description: 'Live statistics for a dashboard. Rates per minute cover the last sixty seconds.',
  fields: (t) => ({
    at: t.expose('at', {
      type: 'DateTime',
      description: 'The time of the statistics, by the database clock.',
    }),
    callsInProgress: t.exposeInt('callsInProgress', {
      description: 'The number of authorized calls that have not ended.',
    }),
    authorizationsPerMinute: t.int({
      description: 'Authorized calls.',
      resolve: ({ minute }) => minute.authorizations,
    }),
    refusalsPerMinute: t.int({
      description: 'Calls refused to authenticated callers.',
      resolve: ({ minute }) => minute.refusals,
    }),
    rechargesPerMinute: t.int({
      description: 'Recharges, by money or voucher.',
      resolve: ({ minute }) => minute.recharges,
    }),
    locksPerMinute: t.int({
      description: 'Cards locked, manually or after wrong PINs.',
      resolve: ({ minute }) => minute.locks,
    }),
    failedPinsPerMinute: t.int({
      description:
        'Refused PINs. For a partner: those with a serial or PIN of one of its cards; a PIN that belongs to no card is not counted.',
      resolve: ({ minute }) => minute.failedPins,
    }),
    turnover: t.field({
      type: [LiveTurnover],
      description: 'Turnover per minute, one entry for each currency with any.',
      resolve: turnoverOf,
    }),
  }),
});

builder.subscriptionField('liveStats', (t) =>
  t.field({
    type: LiveStats,
    description:
      'Live statistics for dashboards, sent immediately and then every second: for a partner with those below it, or for everything that you can see. Since they are not events, they have no cursor, and a slow subscriber receives only the latest.',
    args: { partnerId: t.arg.id({ description: 'Statistics of this partner and those below it.' }) },
    subscribe: async (_root, { partnerId }, context) =>
      context.stats.watch(await scopeOf(partnerId, context)),
    resolve: (stats) => stats as Stats,
  }),
);

/** @throws NotFound */
async function scopeOf(globalId: string | null | undefined, context: GraphContext): Promise<StatsScope> {
  const partnerId = optionalGlobalId('Partner', globalId);
  await refuseUnknown({ batchId: null, partnerId }, context);
  const branch = partnerId === null ? context.viewer.branch : context.partners.branch(partnerId);
  return { key: branch?.rootId ?? 'all', partnerIds: () => branch?.ids() };
}

function turnoverOf({ minute: { recharged, charged } }: Stats): Turnover[] {
  const currencies = [...new Set([...recharged.keys(), ...charged.keys()])].sort();
  return currencies.map((currency) => ({
    currency,
    recharged: recharged.get(currency) ?? 0n,
    charged: charged.get(currency) ?? 0n,
  }));
}
