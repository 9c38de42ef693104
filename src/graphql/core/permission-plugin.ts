import SchemaBuilder, {
  BasePlugin,
  type PothosOutputFieldConfig,
  PothosSchemaError,
  type SchemaTypes,
} from '@pothos/core';
import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import type { GraphContext } from './context.ts';
import { forbidden, hasPermission, isOpen, mayUse } from './permission-check.ts';
import { isVisibilityKnown } from './visibility.ts';

type Resolver<Types extends SchemaTypes> = GraphQLFieldResolver<unknown, Types['Context'], object>;

/**
 * Adds the required check to every field in the permission table. A field that is in neither table fails the build, as
 * does a type that the visibility table does not list, so that nothing is public by omission. A subscription is checked
 * when it starts and again for each event.
 */
class PermissionPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolve: Resolver<Types>,
    { parentType, name }: PothosOutputFieldConfig<Types>,
  ): Resolver<Types> {
    return guarded(`${parentType}.${name}`, resolve);
  }

  override wrapSubscribe(
    subscribe: Resolver<Types> | undefined,
    { parentType, name }: PothosOutputFieldConfig<Types>,
  ): Resolver<Types> | undefined {
    return subscribe && guarded(`${parentType}.${name}`, subscribe);
  }

  override afterBuild(schema: GraphQLSchema): GraphQLSchema {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) || roots.includes(type) || type.name.startsWith('__')) continue;
      const hasId = type.getInterfaces().some(({ name }) => name === 'Node');
      if (isVisibilityKnown(type.name, { hasId })) continue;
      throw new PothosSchemaError(`${type.name} is not in visibility.ts: say there who may see it.`);
    }
    return schema;
  }
}

/** Without a promise, since every field of every object of a list passes here. */
function guarded<Types extends SchemaTypes>(field: string, resolve: Resolver<Types>): Resolver<Types> {
  if (isOpen(field)) return resolve;
  if (!hasPermission(field)) {
    throw new PothosSchemaError(`${field} is not in permissions.ts: say there who may use it.`);
  }
  return (parent, args, context, info) => {
    const { viewer } = context as GraphContext;
    if (!mayUse(viewer, field)) throw forbidden(viewer, field);
    return resolve(parent, args, context, info);
  };
}

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      permissions: PermissionPlugin<Types>;
    }
  }
}

const NAME = 'permissions';

SchemaBuilder.registerPlugin(NAME, PermissionPlugin);

export default NAME;
