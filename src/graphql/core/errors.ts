import type { Rejection, RejectionClass, RejectionData } from '../../domain/rejections/rejection.ts';
import { builder } from './builder.ts';

type Primitive = 'String' | 'Int' | 'Boolean' | 'Decimal' | 'CurrencyCode' | 'PhoneNumber' | 'ID' | 'Cursor';

/** A field of an error; for a String, the description alone is enough. */
export type DataField =
  | string
  | { readonly type: Primitive; readonly nullable?: boolean; readonly description: string };

type DataFields<Data extends RejectionData> = { readonly [Name in keyof Data]: DataField };

const codes: Record<string, { description: string }> = {};
const registered: RejectionClass[] = [];

/** All rejections, for the documents. */
export const registeredRejections: readonly RejectionClass[] = registered;

export const ErrorInterface = builder.interfaceRef<Rejection>('Error');

/**
 * Adds a rejection to the schema: `CardClosed` becomes `CardClosedError`, with its data as fields. Each mutation lists
 * the rejections that it may return.
 */
export function registerRejection<Data extends RejectionData>(
  Class: RejectionClass<Data>,
  description: string,
  ...[fields]: Data extends Record<string, never> ? [] : [DataFields<Data>]
): void {
  codes[Class.code] = { description };
  registered.push(Class as unknown as RejectionClass);
  // The schema sees every rejection as the same type; its fields define which data it has.
  builder.objectType(Class as unknown as new (data: RejectionData) => Rejection, {
    name: `${Class.name}Error`,
    description,
    interfaces: [ErrorInterface],
    fields: (t) =>
      Object.fromEntries(
        Object.entries<DataField>(fields ?? {}).map(([name, field]) => [
          name,
          t.field({
            type: 'String',
            nullable: false,
            ...(typeof field === 'string' ? { description: field } : field),
            resolve: ({ data }: Rejection) => data[name] as never,
          }),
        ]),
      ),
  });
}

export const serial: DataField = 'The serial of the card.';
export const number: DataField = {
  type: 'PhoneNumber',
  description: 'The number, normalized where possible.',
};
export const currency: DataField = { type: 'CurrencyCode', description: 'The currency of the amounts.' };

/** Call after all rejections are registered. */
export function implementErrorInterface(): void {
  const ErrorCode = builder.enumType('ErrorCode', {
    description:
      'The codes of all errors that a request can return as data. The meaning of a code never changes.',
    values: codes,
  });
  ErrorInterface.implement({
    description: 'A refused request that the client can act on. Nothing was changed.',
    fields: (t) => ({
      code: t.field({
        type: ErrorCode,
        description: 'The machine-readable code.',
        resolve: ({ code }) => code,
      }),
      message: t.exposeString('message', {
        description: 'A human-readable message that says what to change.',
      }),
      retryable: t.exposeBoolean('retryable', {
        description:
          'Whether the same request, sent with a new idempotency key, can succeed later or after someone else acts.',
      }),
    }),
  });
}
