import SchemaBuilder, {
  BasePlugin,
  type PothosOutputFieldConfig,
  PothosSchemaError,
  type SchemaTypes,
} from '@pothos/core';
import { hasPermission, isOpen } from './permission-check.ts';

/**
 * Gives every field that the table of permissions names the check it asks for. A field that is in neither table does
 * not build, so that nothing is ever open because it was forgotten.
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
