import * as bindings from '../../domain/rejections/bindings.ts';
import * as input from '../../domain/rejections/input.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import { normalisePhoneNumber } from '../../domain/values/phone-number.ts';
import { type Erasure, eraseNumber } from '../../store/cards/number-erasure.ts';
import { builder } from '../core/builder.ts';
import { actorOf } from '../core/context.ts';

const EraseNumberPayload = builder.objectRef<Erasure>('EraseNumberPayload').implement({
  description: 'What was erased.',
  fields: (t) => ({
    mask: t.exposeString('mask', { description: 'What now stands where the number stood.' }),
    unbound: t.exposeBoolean('unbound', { description: 'Whether it was bound to a card.' }),
    calls: t.exposeInt('calls', { description: 'From how many calls it was taken.' }),
    events: t.exposeInt('events', { description: 'From how many events.' }),
    answers: t.exposeInt('answers', { description: 'From how many kept answers of idempotency keys.' }),
  }),
});

builder.mutationField('eraseNumber', (t) =>
  t.field({
    type: EraseNumberPayload,
    description:
      'Takes a telephone number out of all that is kept, for good: its binding ends, and a mask takes its place in calls and events. No sum changes. What people wrote into notes and reasons is not searched. Sent again, it does what is left to do.',
    errors: {
      types: [
        bindings.InvalidPhoneNumber,
        bindings.NumberNotBound,
        input.InvalidInput,
        input.NotFound,
        recharges.Overloaded,
      ],
      union: { name: 'EraseNumberResult', description: 'What was erased, or why nothing was.' },
    },
    args: {
      number: t.arg({ type: 'PhoneNumber', required: true, description: 'The number, in any usual form.' }),
      country: t.arg.string({
        description: "ISO 3166-1 alpha-2 code of a national number's country. Left out: the server's.",
      }),
    },
    resolve: (_root, { number, country }, { database, writer, viewer, defaultCountry }) =>
      eraseNumber(
        { sql: database.sql, writer },
        actorOf(viewer),
        normalisePhoneNumber(number, country ?? defaultCountry),
      ),
  }),
);
