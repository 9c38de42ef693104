import * as bindings from '../../domain/rejections/bindings.ts';
import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
import { readAnyLine } from '../../domain/values/line.ts';
import { type Erasure, eraseNumber } from '../../store/cards/number-erasure.ts';
import { builder } from '../core/builder.ts';
import { actorOf } from '../core/context.ts';
import { CALLER_NUMBER_FORM, callerReading, PhoneNumberFormEnum } from '../core/number-reading.ts';

const EraseNumberPayload = builder.objectRef<Erasure>('EraseNumberPayload').implement({
  description: 'The result of the erasure.',
  fields: (t) => ({
    mask: t.exposeString('mask', { description: 'The mask that replaced the number.' }),
    unbound: t.exposeBoolean('unbound', { description: 'Whether the number was bound to a card.' }),
    calls: t.exposeInt('calls', { description: 'The number of calls from which it was erased.' }),
    events: t.exposeInt('events', { description: 'The number of events from which it was erased.' }),
    answers: t.exposeInt('answers', {
      description: 'The number of stored idempotent responses from which it was erased.',
    }),
  }),
});

builder.mutationField('eraseNumber', (t) =>
  t.field({
    type: EraseNumberPayload,
    description:
      'Permanently erases a telephone number from all stored data: its binding ends, and a mask replaces it in calls and events. No amounts change. Free-text notes and reasons are not searched. Repeating the request completes any unfinished work.',
    errors: {
      types: [
        bindings.InvalidPhoneNumber,
        bindings.AmbiguousPhoneNumber,
        bindings.NumberNotBound,
        input.InvalidInput,
        input.NotFound,
        commands.Overloaded,
      ],
      union: { description: 'The result of the erasure, or the reason why nothing was erased.' },
    },
    args: {
      number: t.arg({ type: 'PhoneNumber', required: true, description: 'The number, in any common form.' }),
      country: t.arg.string({
        description:
          "ISO 3166-1 alpha-2 code of the country in which a national number is interpreted. If omitted, the server's default.",
      }),
      numberForm: t.arg({ type: PhoneNumberFormEnum, description: CALLER_NUMBER_FORM }),
    },
    resolve: (_root, { number, country, numberForm: form }, context) => {
      const { database, writer, viewer } = context;
      const line = readAnyLine(number, callerReading({ country, form }, context));
      return eraseNumber({ sql: database.sql, writer }, actorOf(viewer), line);
    },
  }),
);
