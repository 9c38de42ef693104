import { encodeGlobalID } from '@pothos/plugin-relay';
import { type GraphQLError, type GraphQLResolveInfo, isInterfaceType, isObjectType } from 'graphql';
import { NotFound } from '../../domain/rejections/input.ts';
import { requestError } from './error-codes.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The global id of an object of a type. */
export function toGlobalId(type: string, id: string): string {
  return encodeGlobalID(type, id);
}

export function globalIdOrNull(type: string, id: string | null | undefined): string | null {
  return id === null || id === undefined ? null : toGlobalId(type, id);
}

/** @throws NotFound for anything but the global id of an object of this type */
export function fromGlobalId(type: string, globalId: string): string {
  const id = idOfGlobal(type, globalId);
  if (id === undefined) throw new NotFound({ what: type, reference: globalId.slice(0, 100) });
  return id;
}

/** The id, if the text is the global id of an object of this type; otherwise undefined. */
export function idOfGlobal(type: string, text: string): string | undefined {
  const { typename, id } = partsOf(text);
  return typename === type && UUID.test(id) ? id : undefined;
}

/** The same for an optional id; an empty string counts as given. @throws NotFound */
export function optionalGlobalId(type: string, globalId: string | null | undefined): string | null {
  return globalId === null || globalId === undefined ? null : fromGlobalId(type, globalId);
}

/**
 * The type and the id in any global id, for `node`.
 *
 * @throws GraphQLError if this API did not create it
 */
export function decodeGlobalId(globalId: string): { typename: string; id: string } {
  const parts = partsOf(globalId);
  if (!UUID.test(parts.id)) throw noGlobalId();
  return parts;
}

function partsOf(globalId: string): { typename: string; id: string } {
  const text = Buffer.from(globalId, 'base64').toString();
  const colon = text.indexOf(':');
  return { typename: text.slice(0, colon), id: text.slice(colon + 1) };
}

/** @throws GraphQLError if `node` cannot load objects of this type */
export function mustBeNode({ typename }: { typename: string }, { schema }: GraphQLResolveInfo): void {
  const [type, node] = [schema.getType(typename), schema.getType('Node')];
  if (!isObjectType(type) || !isInterfaceType(node) || !schema.isSubType(node, type)) throw noGlobalId();
}

function noGlobalId(): GraphQLError {
  return requestError(
    'BAD_USER_INPUT',
    'This is not a global id of this API: send one as it was given to you.',
  );
}
