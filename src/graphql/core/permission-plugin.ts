import SchemaBuilder, {
  BasePlugin,
  type PothosOutputFieldConfig,
  PothosSchemaError,
  type SchemaTypes,
} from '@pothos/core';
import { type GraphQLSchema, isObjectType } from 'graphql';
import { hasPermission, isOpen } from './permission-check.ts';
import { isVisibilityKnown } from './visibility.ts';

/**
 * Adds the required check to every field in the permission table. A field that is in neither table fails the build, as
 * does a type that the visibility table does not list, so that nothing is public by omission.
 */
class PermissionPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const field = `${config.parentType}.${config.name}`;
    if (isOpen(field)) return config;
    if (!hasPermission(field)) {
      throw new PothosSchemaError(`${field} is not in permissions.ts: say there who may use it.`);
    }
    Object.assign(config.pothosOptions, { authScopes: { allowed: field } });
    return config;
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
