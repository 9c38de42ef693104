import * as access from './access.ts';
import * as batches from './batches.ts';
import * as bindings from './bindings.ts';
import * as calls from './calls.ts';
import * as cards from './cards.ts';
import * as files from './files.ts';
import * as input from './input.ts';
import * as partners from './partners.ts';
import * as rates from './rates.ts';
import * as realtime from './realtime.ts';
import * as recharges from './recharges.ts';
import type { Rejection, RejectionClass, RejectionData } from './rejection.ts';
import * as replacements from './replacements.ts';
import * as reveals from './reveals.ts';
import * as vouchers from './vouchers.ts';

const MODULES: readonly Readonly<Record<string, RejectionClass>>[] = [
  access,
  batches,
  bindings,
  calls,
  cards,
  files,
  input,
  partners,
  rates,
  realtime,
  recharges,
  replacements,
  reveals,
  vouchers,
];

/** All rejections. */
export const REJECTIONS: readonly RejectionClass[] = MODULES.flatMap((module) =>
  Object.values(module),
).filter(
  // A subclass without its own code is the same rejection, for another reason.
  (Class) => Object.hasOwn(Class, 'code'),
);

const byCode: ReadonlyMap<string, RejectionClass> = new Map(REJECTIONS.map((Class) => [Class.code, Class]));

/** The rejection stored under an idempotency key, word for word. */
export function replayRejection(code: string, data: RejectionData): Rejection {
  const Class = byCode.get(code);
  if (!Class) throw new Error(`No rejection has the code ${code}.`);
  return new Class(data as never);
}
