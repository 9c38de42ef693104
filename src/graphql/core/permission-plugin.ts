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
 * Gives every field that the table of permissions names the check it asks for. A field that is in neither table does
 * not build, and neither does a type that the table of visibility does not name: nothing is open because it was
 * forgotten.
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
