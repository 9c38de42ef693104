import { globalIdOrNull } from '../core/global-id.ts';

/** A column with a number of things, which the database returns as a bigint. */
export const countField = <Column extends string>(column: Column, description: string) => ({
  type: 'Int' as const,
  description,
  resolve: (row: { readonly [_ in Column]: bigint | number }) => Number(row[column]),
});

export const partnerIdField = (description: string) => ({
  type: 'ID' as const,
  nullable: true as const,
  description,
  resolve: ({ partnerId }: { readonly partnerId: string | null }) => globalIdOrNull('Partner', partnerId),
});

export const DAY = {
  type: 'Date',
  description: 'The day, in the requested time zone.',
  resolve: ({ day }: { readonly day: string }) => day,
} as const;
