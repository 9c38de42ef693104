import { z } from 'zod';
import type { DecimalAmount } from './money.ts';

/*
 * The building blocks of event payloads. The input type of a payload's schema is what a writer must provide, and the
 * output type what a reader gets.
 */

export const text = z.string();
export const count = z.number();

/** An amount of money, in the currency that the same payload names. */
export const amount = text as unknown as z.ZodType<DecimalAmount, DecimalAmount>;

/**
 * One of a set of words. Only its being text is checked, so that an instance that reads a later version's word still
 * delivers the event.
 */
export const word = <Word extends string>() => text as unknown as z.ZodType<Word, Word>;

/** A field that every event now has, and its value in the oldest events, which lack it. */
export const added = <Field extends z.ZodType>(field: Field, before: z.output<Field>) =>
  field.default(before as never) as unknown as z.ZodType<z.output<Field>, z.input<Field>>;
