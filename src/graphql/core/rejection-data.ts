import { brandWithType } from '@pothos/core';
import type { Rejection } from '../../domain/rejections/rejection.ts';

/** A rejection that is one value among others: GraphQL takes an Error that a field gives for the field's failure. */
export function asData({ name, code, message, retryable, data }: Rejection): Rejection {
  const told = { name, code, message, retryable, data };
  brandWithType(told, `${name}Error` as never);
  return told;
}
