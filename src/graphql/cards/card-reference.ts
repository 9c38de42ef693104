import { InvalidInput } from '../../domain/rejections/input.ts';
import { readAnyLine } from '../../domain/values/line.ts';
import { type CardReference, NO_CARD } from '../../store/writer/command.ts';
import { builder } from '../core/builder.ts';
import type { GraphContext } from '../core/context.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { nullIfNotFound } from '../core/not-found.ts';
import { callerReading } from '../core/number-reading.ts';

export const CardReferenceValue = builder.inputType('CardReference', {
  description: 'Identifies a card. Exactly one field must be set.',
  isOneOf: true,
  fields: (t) => ({
    id: t.id({ description: 'The global id of the object.' }),
    serial: t.string({ description: 'The serial printed on the card.' }),
    boundNumber: t.field({
      type: 'PhoneNumber',
      description: 'A telephone number bound to the card, with its country code.',
    }),
  }),
});

/** Longer than any serial; the limit matters because the request is stored with its idempotency key. */
const MAX_SERIAL = 100;

export type CardReferenceInput = typeof CardReferenceValue.$inferInput;

/**
 * The card that a money command refers to. If it does not exist, the command itself refuses, under its key, because the
 * response to a key, including a refusal, never changes.
 *
 * @throws NotFound for a malformed id, InvalidPhoneNumber, AmbiguousPhoneNumber
 */
export async function toCardReference(
  card: CardReferenceInput,
  context: GraphContext,
): Promise<CardReference> {
  const { id: globalId, serial, boundNumber } = card;
  if (globalId) {
    const id = fromGlobalId('Card', globalId);
    return { id, reference: id };
  }
  if (serial && serial.length > MAX_SERIAL) {
    throw new InvalidInput({ field: 'serial', problem: `has at most ${MAX_SERIAL} characters.` });
  }
  const reference = boundNumber ? lineIn(boundNumber, context) : serial;
  const id = await nullIfNotFound(() => resolveCard(card, context));
  return { id: id ?? NO_CARD, reference: reference ?? '' };
}

/**
 * The id of the referenced card. Whether the viewer may see it is checked where the card is loaded.
 *
 * @throws NotFound, InvalidPhoneNumber, AmbiguousPhoneNumber
 */
export async function resolveCard(
  { id, serial, boundNumber }: CardReferenceInput,
  context: Pick<GraphContext, 'cards' | 'defaultCountry' | 'viewer'>,
): Promise<string> {
  const { cards, viewer } = context;
  if (id) return fromGlobalId('Card', id);
  if (serial) return cards.bySerial(serial, viewer.branch);
  if (boundNumber) return cards.byNumber(lineIn(boundNumber, context), viewer.branch);
  throw new InvalidInput({ field: 'card', problem: 'must name an id, a serial or a bound number.' });
}

function lineIn(boundNumber: string, context: Pick<GraphContext, 'defaultCountry' | 'viewer'>): string {
  return readAnyLine(boundNumber, callerReading({ field: 'boundNumber' }, context));
}
