import { type CallTerms, PLAIN_CALL_TERMS } from '../../domain/calls/call-terms.ts';

type Changes<T> = {
  [K in keyof T]: T[K] extends bigint ? string : T[K] extends bigint | null ? string | null : T[K];
};

/** Call terms as JSON: amounts as text; omitted terms are as in PLAIN_CALL_TERMS. */
export type CallTermsColumn = Partial<
  Omit<Changes<CallTerms>, 'surcharges'> & { surcharges: readonly Changes<CallTerms['surcharges'][number]>[] }
>;

export function readCallTerms({
  surcharges,
  minimumCharge,
  maxCharge,
  ...stored
}: CallTermsColumn): CallTerms {
  return {
    ...PLAIN_CALL_TERMS,
    ...stored,
    minimumCharge: BigInt(minimumCharge ?? 0),
    maxCharge: typeof maxCharge === 'string' ? BigInt(maxCharge) : null,
    surcharges: (surcharges ?? []).map(({ accessNumber, ratePer1e8Minute, connectionFee }) => ({
      accessNumber,
      ratePer1e8Minute: BigInt(ratePer1e8Minute),
      connectionFee: BigInt(connectionFee),
    })),
  };
}

export function writeCallTerms(terms: CallTerms): CallTermsColumn {
  return {
    ...terms,
    minimumCharge: terms.minimumCharge.toString(),
    maxCharge: terms.maxCharge?.toString() ?? null,
    surcharges: terms.surcharges.map((each) => ({
      accessNumber: each.accessNumber,
      ratePer1e8Minute: each.ratePer1e8Minute.toString(),
      connectionFee: each.connectionFee.toString(),
    })),
  };
}
