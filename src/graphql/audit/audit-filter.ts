import { isIP } from 'node:net';
import { InvalidInput } from '../../domain/rejections/input.ts';
import type { AuditFilter } from '../../store/audit/audit-filter.ts';
import { builder } from '../core/builder.ts';
import { decodeGlobalId } from '../core/global-id.ts';

export const AuditFilterInput = builder.inputType('AuditFilter', {
  description: 'Which entries. What is left out does not limit.',
  fields: (t) => ({
    actorId: t.id({
      description: 'By this actor: a UUID as entries tell it, or the global id of an API key.',
    }),
    operation: t.string({ description: 'Of this operation, such as `rechargeCard`.' }),
    objectId: t.id({ description: 'About the object with this global id.' }),
    outcome: t.string({ description: 'With this outcome: `OK`, or a code.' }),
    address: t.string({ description: 'From this IP address.' }),
    from: t.field({ type: 'DateTime', description: 'At or after this instant.' }),
    to: t.field({ type: 'DateTime', description: 'Before this instant.' }),
  }),
});

type Input = typeof AuditFilterInput.$inferInput | null | undefined;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws InvalidInput for what no entry could have; GraphQLError for what is no global id */
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
