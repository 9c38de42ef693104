import SchemaBuilder from '@pothos/core';
import DrizzlePlugin from '@pothos/plugin-drizzle';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin, { resolveNodes } from '@pothos/plugin-relay';
import { getTableConfig } from 'drizzle-orm/pg-core';
import type { GraphQLResolveInfo } from 'graphql';
import { relations } from '../../store/schema/relations.ts';
import type { GraphContext } from './context.ts';
import { requestError } from './error-codes.ts';
import { decodeGlobalId, mustBeNode } from './global-id.ts';
import { LIST_PAGE, MAX_NODES } from './page-sizes.ts';
import PermissionPlugin from './permission-plugin.ts';
import { publishRejection } from './rejection-channel.ts';
import { isVisible } from './visibility-check.ts';

/** The builder itself defines no domain types: each type family has a file that owns its whole API. */
export const builder = new SchemaBuilder<{
  Context: GraphContext;
  DrizzleRelations: typeof relations;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    Date: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    Decimal: { Input: string; Output: string };
    CurrencyCode: { Input: string; Output: string };
    PhoneNumber: { Input: string; Output: string };
    Cursor: { Input: string; Output: string };
  };
}>({
  // The first is the outermost: what is not allowed is refused before anything, and never as data.
  plugins: [PermissionPlugin, ErrorsPlugin, RelayPlugin, DrizzlePlugin],
  defaultFieldNullability: false,
  errors: {
    directResult: true,
    onResolvedError: publishRejection,
    defaultUnionOptions: { name: resultName },
  },
  relay: {
    clientMutationId: 'omit',
    cursorType: 'String',
    decodeGlobalID: decodeGlobalId,
    brandLoadedObjects: true,
    nodeTypeOptions: { description: 'An object with a global id.' },
    pageInfoTypeOptions: { description: 'Pagination information.' },
    pageInfoFieldOptions: { description: 'Pagination information.' },
    hasNextPageFieldOptions: { description: 'Whether there are more items after this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether there are items before this page.' },
    startCursorFieldOptions: { description: 'The cursor of the first item on the page.' },
    endCursorFieldOptions: { description: 'The cursor of the last item on the page.' },
    idFieldOptions: { description: 'The global id.' },
    edgesFieldOptions: { description: 'The items on the page.' },
    nodeFieldOptions: { description: 'The item.' },
    cursorFieldOptions: { description: 'The cursor of the item, for `after` or `before`.' },
    firstArgOptions: { description: `The number of items from the start, at most ${LIST_PAGE.longest}.` },
    lastArgOptions: { description: `The number of items from the end, at most ${LIST_PAGE.longest}.` },
    afterArgOptions: { description: 'Only items after this cursor.' },
    beforeArgOptions: { description: 'Only items before this cursor.' },
    nodeQueryOptions: {
      description: 'An object by its global id. Null if there is no such object that you can see.',
      args: { id: { description: 'The global id.' } },
      resolve: (_root, { id }, context, info) => {
        mustBeNode(id, info);
        return visibleNode(id, context, info);
      },
    },
    nodesQueryOptions: {
      description: `Objects by their global ids, at most ${MAX_NODES}, in the requested order.`,
      args: { ids: { description: 'The global ids.' } },
      resolve: (_root, { ids }, context, info) => {
        if (ids.length > MAX_NODES) {
          throw requestError('BAD_USER_INPUT', `At most ${MAX_NODES} ids in one request.`);
        }
        for (const id of ids) mustBeNode(id, info);
        // Load separately, since a missing object must not fail the others; the loader still batches them into one
        // query.
        return Promise.all(ids.map((id) => visibleNode(id, context, info)));
      },
    },
  },
  drizzle: {
    client: ({ database }: GraphContext) => database.drizzle,
    getTableConfig,
    relations,
    defaultConnectionSize: LIST_PAGE.usual,
    maxConnectionSize: LIST_PAGE.longest,
  },
});

/** The builder's types for scalars, tables and the context. */
export type ApiTypes = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never;

/** `LockCardResult` for the mutation lockCard, `CardChangeResult` for the result in a `CardChangeOutcome`. */
function resultName({ parentTypeName, fieldName }: { parentTypeName: string; fieldName: string }): string {
  if (parentTypeName.endsWith('Outcome')) return parentTypeName.replace(/Outcome$/, 'Result');
  return `${fieldName.charAt(0).toUpperCase()}${fieldName.slice(1)}Result`;
}

/** The loader fails for a missing row, with an error that has no class to recognize it by. */
const MISSING = /^Model \w+\(.+\) not found$/s;

/** Null when the object does not exist or the viewer may not see it, without distinguishing the two. */
async function visibleNode(
  id: { typename: string; id: string },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  try {
    const [node] = await resolveNodes(builder, context, info, [id]);
    return (await isVisible(id.typename, node, context)) ? node : null;
  } catch (error) {
    if (error instanceof Error && MISSING.test(error.message)) return null;
    throw error;
  }
}

builder.queryType({ description: 'The read operations, which have no side effects.' });
builder.mutationType({
  description:
    'The write operations. Errors that a client can act on are members of the result unions. Operations that move money take an idempotency key.',
});
builder.subscriptionType({
  description:
    'Changes as they happen, over graphql-ws or SSE. Each item has a cursor; `after` resumes from it without gaps or repeats.',
});
