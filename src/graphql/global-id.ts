import { encodeGlobalID } from '@pothos/plugin-relay';
import { NotFound } from '../domain/rejections/input.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The global id of an object of a type. */
export function toGlobalId(type: string, id: string): string {
  return encodeGlobalID(type, id);
}

/** @throws NotFound when it is not the global id of an object of this type. */
export function fromGlobalId(type: string, globalId: string): string {
  const text = Buffer.from(globalId, 'base64').toString();
  const id = text.startsWith(`${type}:`) ? text.slice(type.length + 1) : '';
  if (!UUID.test(id)) throw new NotFound({ what: type, reference: globalId.slice(0, 100) });
  return id;
}
