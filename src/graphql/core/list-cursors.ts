import { defaultFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { requestError } from './error-codes.ts';

/** The decoded forms of a list cursor: a tag and a value, or several of them (Pothos' cursor chunks). */
const CHUNK = /^(?:I:-?\d{1,18}|D:-?\d{1,14}|N:-?\d{1,15}(?:\.\d{1,15})?|S:[^\0]{0,200}|Z:)$/;

/**
 * Refuses cursors that no list issued before they reach the database. There, an out-of-range number or an invalid date
 * would fail as if it were a server error.
 */
export function refuseForgedCursors(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const cursors = field.args.filter(
        ({ name, type }) => (name === 'after' || name === 'before') && String(type) === 'String',
      );
      if (cursors.length === 0) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (parent, args, context, info) => {
        for (const { name } of cursors) refuseForged(args[name]);
        return resolve(parent, args, context, info);
      };
    }
  }
  return schema;
}

function refuseForged(cursor: unknown): void {
  if (typeof cursor !== 'string' || isListCursor(Buffer.from(cursor, 'base64').toString())) return;
  throw requestError(
    'INVALID_CURSOR',
    'This cursor is none of this list: send one as a page gave it to you.',
  );
}

/** `event:` is the form of event log cursors, which have their own check. */
function isListCursor(text: string): boolean {
  if (text.startsWith('event:')) return true;
  if (!text.startsWith('DC:')) return false;
  const chunk = text.slice(3);
  if (!chunk.startsWith('T:')) return CHUNK.test(chunk);
  try {
    const chunks: unknown = JSON.parse(chunk.slice(2));
    return Array.isArray(chunks) && chunks.every((each) => typeof each === 'string' && CHUNK.test(each));
  } catch {
    return false;
  }
}
