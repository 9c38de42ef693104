import { z } from 'zod';
import type { DecimalAmount } from './money.ts';

/*
 * What the payloads of events are made of. Of a payload's schema the input type is what a writer must give, and the
 * output type what a reader finds.
 */

export const text = z.string();
export const count = z.number();

/** An amount of money, in the currency that the same payload names. */
export const amount = text as unknown as z.ZodType<DecimalAmount, DecimalAmount>;

/**
 * One of some words. Only that it is text is checked: an instance that meets a word of a later version still delivers
 * the event.
 */
export const word = <Word extends string>() => text as unknown as z.ZodType<Word, Word>;

/** A field that every event now has, and what it reads as in the oldest ones, which lack it. */
export const added = <Field extends z.ZodType>(field: Field, before: z.output<Field>) =>
  field.default(before as never) as unknown as z.ZodType<z.output<Field>, z.input<Field>>;
