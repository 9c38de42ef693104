import { isIP } from 'node:net';
import { InvalidInput } from '../../domain/rejections/input.ts';
import type { AuditFilter } from '../../store/audit/audit-filter.ts';
import { builder } from '../core/builder.ts';
import { decodeGlobalId } from '../core/global-id.ts';

export const AuditFilterInput = builder.inputType('AuditFilter', {
  description: 'Filters audit entries. Omitted fields do not filter.',
  fields: (t) => ({
    actorId: t.id({
      description: 'Entries by this actor: a UUID as shown in the entries, or the global id of an API key.',
    }),
    operation: t.string({ description: 'Entries for this operation, such as `rechargeCard`.' }),
    objectId: t.id({ description: 'Entries about the object with this global id.' }),
    outcome: t.string({ description: 'Entries with this outcome: `OK` or an error code.' }),
    address: t.string({ description: 'Entries from this IP address.' }),
    from: t.field({ type: 'DateTime', description: 'Entries at or after this time.' }),
    to: t.field({ type: 'DateTime', description: 'Entries before this time.' }),
  }),
});

type Input = typeof AuditFilterInput.$inferInput | null | undefined;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws InvalidInput for a value that no entry can have; GraphQLError for a malformed global id */
export function readAuditFilter(input: Input): Required<AuditFilter> {
  const { actorId, operation, objectId, outcome, address, from, to } = input ?? {};
  if (typeof address === 'string' && isIP(address) === 0) {
    throw new InvalidInput({ field: 'address', problem: 'must be an IP address.' });
  }
  return {
    actorId: actorId === null || actorId === undefined ? null : actorOf(actorId),
    operation: operation ?? null,
    objectId: objectId === null || objectId === undefined ? null : decodeGlobalId(objectId).id,
    outcome: outcome ?? null,
    address: address ?? null,
    from: from ?? null,
    to: to ?? null,
  };
}

function actorOf(id: string): string {
  return UUID.test(id) ? id : decodeGlobalId(id).id;
}
