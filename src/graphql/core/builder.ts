import SchemaBuilder from '@pothos/core';
import DrizzlePlugin from '@pothos/plugin-drizzle';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin, { resolveNodes } from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { relations } from '../../store/schema/relations.ts';
import type { GraphContext } from './context.ts';
import { decodeGlobalId, mustBeNode } from './global-id.ts';
import { LIST_PAGE, MAX_NODES } from './page-sizes.ts';
import { type GuardedField, mayUse } from './permission-check.ts';
import PermissionPlugin from './permission-plugin.ts';
import { publishRejection } from './rejection-channel.ts';
import { isVisible } from './visibility-check.ts';

/** What a field asks of the viewer: the permission under its own name. Owners are checked where data is loaded. */
export interface AuthScopes {
  allowed: GuardedField;
}

/** The builder knows no noun: each type family has a file of its own that owns its whole API. */
export const builder = new SchemaBuilder<{
  Context: GraphContext;
  DrizzleRelations: typeof relations;
  DefaultFieldNullability: false;
  AuthScopes: AuthScopes;
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
  // Errors before the others: it turns what they throw into data.
  plugins: [PermissionPlugin, ErrorsPlugin, ScopeAuthPlugin, RelayPlugin, DrizzlePlugin],
  defaultFieldNullability: false,
  errors: { directResult: true, onResolvedError: publishRejection },
  scopeAuth: {
    // Who may not watch is told so at once, not at the first event.
    authorizeOnSubscribe: true,
    authScopes: ({ viewer }) => ({ allowed: (field) => mayUse(viewer, field) }),
    unauthorizedError: () =>
      new GraphQLError('This is not allowed to you: use a key whose role and scopes allow it.', {
        extensions: { code: 'FORBIDDEN' },
      }),
  },
  relay: {
    clientMutationId: 'omit',
    cursorType: 'String',
    decodeGlobalID: decodeGlobalId,
    brandLoadedObjects: true,
    nodeTypeOptions: { description: 'Anything with a global id.' },
    pageInfoTypeOptions: { description: 'Where a page stands in its list.' },
    pageInfoFieldOptions: { description: 'Where the page stands.' },
    hasNextPageFieldOptions: { description: 'Whether more items come after the page.' },
    hasPreviousPageFieldOptions: { description: 'Whether items come before the page.' },
    startCursorFieldOptions: { description: 'The cursor of the first item of the page.' },
    endCursorFieldOptions: { description: 'The cursor of the last item of the page.' },
    idFieldOptions: { description: 'The global id.' },
    edgesFieldOptions: { description: 'The items of the page.' },
    nodeFieldOptions: { description: 'The item.' },
    cursorFieldOptions: { description: 'The place of the item in the list: send it as `after` or `before`.' },
    firstArgOptions: { description: `How many items from the beginning, at most ${LIST_PAGE.longest}.` },
    lastArgOptions: { description: `How many items from the end, at most ${LIST_PAGE.longest}.` },
    afterArgOptions: { description: 'Only items after this cursor.' },
    beforeArgOptions: { description: 'Only items before this cursor.' },
    nodeQueryOptions: {
      description: 'Any object by its global id. Null when there is none, or none that is yours.',
      args: { id: { description: 'The global id.' } },
      resolve: (_root, { id }, context, info) => {
        mustBeNode(id, info);
        return visibleNode(id, context, info);
      },
    },
    nodesQueryOptions: {
      description: `Several objects by their global ids, at most ${MAX_NODES}, in the order asked for.`,
      args: { ids: { description: 'The global ids.' } },
      resolve: (_root, { ids }, context, info) => {
        if (ids.length > MAX_NODES) {
          throw new GraphQLError(`At most ${MAX_NODES} ids in one request.`, {
            extensions: { code: 'BAD_USER_INPUT' },
          });
        }
        for (const id of ids) mustBeNode(id, info);
        // One by one, since one that is not there must not take the others along; the loader asks for all at once.
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

/** What the builder knows of scalars, tables and the context. */
export type ApiTypes = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never;

/** The loader fails for a row that is not there, and its error has no class of its own to be told by. */
const MISSING = /^Model \w+\(.+\) not found$/s;

/** Null when there is none, or none that is the viewer's: nothing tells the two apart. */
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

builder.queryType({ description: 'Reading. Nothing here changes anything.' });
builder.mutationType({
  description:
    'Changing. What a caller can act on is in the result union; what moves money takes an idempotency key.',
});
builder.subscriptionType({
  description:
    'Changes as they happen, over graphql-ws or SSE. Each item has a cursor; `after` resumes from one without a gap or a repeat.',
});
