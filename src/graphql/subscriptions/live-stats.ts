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
  description: 'Money of one currency that moved in the last sixty seconds.',
  fields: (t) => ({
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'The currency.' }),
    recharged: t.field(moneyField('recharged', 'What was put on cards, by money or by voucher.')),
    charged: t.field(moneyField('charged', 'What was charged for calls, less what late reports gave back.')),
  }),
});

const LiveStats = builder.objectRef<Stats>('LiveStats').implement({
  description: 'The figures of a wall board. What is per minute is of the last sixty seconds.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: "When it was so, on the database's clock." }),
    callsInProgress: t.exposeInt('callsInProgress', { description: 'Calls authorised and not yet ended.' }),
    authorizationsPerMinute: t.int({
      description: 'Calls that were allowed.',
      resolve: ({ minute }) => minute.authorizations,
    }),
    refusalsPerMinute: t.int({
      description: 'Calls that were refused to callers who were known.',
      resolve: ({ minute }) => minute.refusals,
    }),
    rechargesPerMinute: t.int({
      description: 'Recharges, by money or by voucher.',
      resolve: ({ minute }) => minute.recharges,
    }),
    locksPerMinute: t.int({
      description: 'Cards that were locked, by hand or for wrong PINs.',
      resolve: ({ minute }) => minute.locks,
    }),
    failedPinsPerMinute: t.int({
      description:
        "PINs that were refused. With a partner: those with the serial, or the PIN, of a card of it; a PIN that is no card's is nobody's.",
      resolve: ({ minute }) => minute.failedPins,
    }),
    turnover: t.field({
      type: [LiveTurnover],
      description: 'Money per minute, one for each currency in which some moved.',
      resolve: turnoverOf,
    }),
  }),
});

builder.subscriptionField('liveStats', (t) =>
  t.field({
    type: LiveStats,
    description:
      'Figures for wall boards, at once and then every second: of a partner with those below it, or of all that you may see. They are no events: there is no cursor, and who reads slowly gets the latest.',
    args: { partnerId: t.arg.id({ description: 'Of this partner and those below it.' }) },
    subscribe: async (_root, { partnerId }, context) =>
      context.stats.watch(await scopeOf(partnerId, context), context.progress),
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
