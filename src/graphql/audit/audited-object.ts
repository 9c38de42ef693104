import type { GraphQLSchema } from 'graphql';
import type { AuditedObject } from '../../domain/security/audit-entry.ts';
import { decodeGlobalId } from '../core/global-id.ts';

/** The maximum nesting of input objects. */
const DEPTH = 3;

/** The first object whose global id is among the arguments; undefined when there is none. */
export function namedObject(args: unknown, schema: GraphQLSchema, depth = DEPTH): AuditedObject | undefined {
  if (typeof args !== 'object' || args === null || depth === 0) return undefined;
  for (const [name, value] of Object.entries(args)) {
    const [first] = Array.isArray(value) ? value : [value];
    const named = /^(id|ids|\w+Ids?)$/.test(name)
      ? readGlobalId(first, schema)
      : namedObject(first, schema, depth - 1);
    if (named) return named;
  }
  return undefined;
}

function readGlobalId(value: unknown, schema: GraphQLSchema): AuditedObject | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    const { typename, id } = decodeGlobalId(value);
    return schema.getType(typename) ? { objectType: typename, objectId: id } : undefined;
  } catch {
    return undefined;
  }
}

/** For operations that create something, the entry is about the created object rather than its parent. */
const CREATED_TYPES: Readonly<Record<string, string>> = {
  authenticateCard: 'Card',
  createApiKey: 'ApiKey',
  createCardBatch: 'CardBatch',
  createCardUpload: 'Upload',
  createPartner: 'Partner',
  createRateGroup: 'RateGroup',
  createRateUpload: 'Upload',
  importCards: 'CardImport',
  revealPin: 'PinReveal',
};

/** The object that an operation created or, for authenticateCard, the card that it found. */
export function createdObject(operation: string, result: unknown): AuditedObject | undefined {
  const objectType = CREATED_TYPES[operation];
  if (objectType === undefined || typeof result !== 'object' || result === null) return undefined;
  const { id, apiKey, link } = result as CreatedResult;
  const objectId = id ?? apiKey?.id ?? link?.id;
  return objectId === undefined ? undefined : { objectType, objectId };
}

interface CreatedResult {
  readonly id?: string;
  readonly apiKey?: { readonly id: string };
  readonly link?: { readonly id: string };
}
