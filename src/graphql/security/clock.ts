import * as input from '../../domain/rejections/input.ts';
import { confirmClock } from '../../store/security/clock-marks.ts';
import { builder } from '../core/builder.ts';

const ConfirmClockPayload = builder
  .objectRef<{ readonly confirmedAt: Date }>('ConfirmClockPayload')
  .implement({
    description: 'The confirmed clock.',
    fields: (t) => ({
      confirmedAt: t.expose('confirmedAt', {
        type: 'DateTime',
        description: "The time of the database's clock, which counts as right from now on.",
      }),
    }),
  });

builder.mutationField('confirmClock', (t) =>
  t.field({
    type: ConfirmClockPayload,
    description:
      "Declares the database's clock right after the alert CLOCK_JUMPED: expiry, fees, abandoned calls and retention continue within seconds. Check the time first: cards that have expired by then are closed, and their balances forfeited.",
    args: {
      now: t.arg({
        type: 'DateTime',
        required: true,
        description:
          "The right time, as you know it. It must be within five minutes of the database's clock.",
      }),
    },
    errors: {
      types: [input.InvalidInput],
      union: { name: 'ConfirmClockResult', description: 'The confirmed clock, or why it was not confirmed.' },
    },
    resolve: async (_root, { now }, { database }) => ({ confirmedAt: await confirmClock(database.sql, now) }),
  }),
);
