import { defaultFieldResolver, GraphQLError, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { Rejection } from '../../domain/rejections/rejection.ts';
import { type AuditEntry, type AuditedObject, DONE } from '../../domain/security/audit-entry.ts';
import { AuditTrail, audited } from '../../store/writer/audit-trail.ts';
import type { GraphContext } from '../core/context.ts';
import { refuseForbiddenFields } from '../core/forbidden-fields.ts';
import { madeObject, namedObject } from './audited-object.ts';

/**
 * What switches do hundreds of times a second, and every call is kept with who asked for what and what was answered,
 * in its row and its events: done, they are not written a second time. Refused, they are.
 */
const KEPT_AS_CALLS: ReadonlySet<string> = new Set([
  'authorizeCall',
  'extendCall',
  'completeCall',
  'cancelCall',
  'reportCalls',
]);

/**
 * Has every mutation leave an entry in the audit trail, whatever becomes of it and whoever adds one: also one that was
 * forbidden, itself or for what its answer asks for. Arguments are not kept, since PINs and numbers are among them; only
 * the ids of objects that they name.
 */
export function auditMutations(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (root, args, context: GraphContext, info) => {
      const trail = new AuditTrail(entryOf(args, context, info));
      const within = context.through(audited(context.writer, trail));
      try {
        refuseForbiddenFields(info, context.viewer);
        const result = await resolve(root, args, within, info);
        const outcome = outcomeOf(result);
        await note(
          trail,
          outcome,
          context,
          outcome === DONE ? madeObject(info.fieldName, result) : undefined,
        );
        return result;
      } catch (error) {
        await note(trail, codeOf(error), context);
        throw error;
      }
    };
  }
  return schema;
}

function entryOf(
  args: unknown,
  { viewer, requestId, address }: GraphContext,
  { fieldName, schema }: GraphQLResolveInfo,
): AuditEntry {
  const object = namedObject(args, schema);
  return {
    actorId: viewer.actorId,
    role: viewer.role,
    keyPrefix: viewer.keyPrefix,
    requestId,
    address,
    operation: fieldName,
    objectType: object?.objectType ?? null,
    objectId: object?.objectId ?? null,
    outcome: DONE,
  };
}

/** @param made what the operation made: then that is its object */
async function note(
  trail: AuditTrail,
  outcome: string,
  { audit }: GraphContext,
  made?: AuditedObject,
): Promise<void> {
  if (trail.written === outcome) return;
  const entry = trail.entry(outcome);
  if (outcome === DONE && KEPT_AS_CALLS.has(entry.operation)) return;
  await audit.append({ ...entry, ...made });
}

/** A rejection that became data is wrapped, and no longer shows its class: what it has tells it. */
function outcomeOf(result: unknown): string {
  if (typeof result !== 'object' || result === null) return DONE;
  return 'retryable' in result && 'code' in result ? String(result.code) : DONE;
}

function codeOf(error: unknown): string {
  if (error instanceof Rejection) return error.code;
  const code = error instanceof GraphQLError ? error.extensions.code : undefined;
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
}
