import { defaultFieldResolver, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { requestError } from './error-codes.ts';
import { LIST_PAGE } from './page-sizes.ts';

/**
 * Refuses pages that are longer than a list gives. Shortened silently, a page of a hundred looks like the whole of a list
 * to a client that asked for a thousand.
 */
export function refuseLongPages(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!getNamedType(field.type).name.endsWith('Connection')) continue;
      const sizes = field.args.filter(({ name }) => name === 'first' || name === 'last');
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (parent, args, context, info) => {
        for (const { name } of sizes) refuseLong(name, args[name]);
        return resolve(parent, args, context, info);
      };
    }
  }
  return schema;
}

function refuseLong(name: string, size: unknown): void {
  if (typeof size !== 'number' || size <= LIST_PAGE.longest) return;
  throw requestError(
    'BAD_USER_INPUT',
    `Argument "${name}" is ${size}: a page has at most ${LIST_PAGE.longest} items. Ask for the next page with the cursor of this one.`,
  );
}
