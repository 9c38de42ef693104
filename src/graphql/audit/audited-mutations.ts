import { defaultFieldResolver, GraphQLError, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import { Rejection } from '../../domain/rejections/rejection.ts';
import { type AuditEntry, type AuditedObject, DONE } from '../../domain/security/audit-entry.ts';
import { AuditTrail, audited } from '../../store/writer/audit-trail.ts';
import type { GraphContext } from '../core/context.ts';
import { refuseForbiddenFields } from '../core/forbidden-fields.ts';
import { createdObject, namedObject } from './audited-object.ts';

/**
 * Switches call these hundreds of times a second, and the call's row and events already record who requested what and
 * the result. So a successful operation is not audited a second time; a refused one is.
 */
const KEPT_AS_CALLS: ReadonlySet<string> = new Set([
  'authorizeCall',
  'extendCall',
  'completeCall',
  'cancelCall',
  'reportCalls',
]);

/**
 * Makes every mutation write an entry to the audit trail, whatever its outcome, including mutations that are forbidden
 * themselves or because of a field they select. Arguments are not recorded, because they contain PINs and numbers; only
 * the ids of the objects they refer to are.
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
          outcome === DONE ? createdObject(info.fieldName, result) : undefined,
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

/** @param created the created object, which becomes the object of the entry */
async function note(
  trail: AuditTrail,
  outcome: string,
  { audit }: GraphContext,
  created?: AuditedObject,
): Promise<void> {
  if (trail.written === outcome) return;
  const entry = trail.entry(outcome);
  if (outcome === DONE && KEPT_AS_CALLS.has(entry.operation)) return;
  await audit.append({ ...entry, ...created });
}

/** A rejection returned as data is wrapped and has lost its class, so it is recognized by its fields. */
function outcomeOf(result: unknown): string {
  if (typeof result !== 'object' || result === null) return DONE;
  return 'retryable' in result && 'code' in result ? String(result.code) : DONE;
}

function codeOf(error: unknown): string {
  if (error instanceof Rejection) return error.code;
  const code = error instanceof GraphQLError ? error.extensions.code : undefined;
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
}
