import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Viewer } from './context.ts';
import { forbidden, type GuardedField, hasPermission, mayUse } from './permission-check.ts';

/** The fields of an operation that require permission, skipping those that directives exclude. */
const known = new WeakMap<FieldNode, readonly GuardedField[]>();

/**
 * Refuses a mutation that selects a field the viewer may not see, before anything is done. Otherwise the change would
 * be made and the response would be an error.
 *
 * @throws GraphQLError FORBIDDEN, which names the field
 */
export function refuseForbiddenFields(info: GraphQLResolveInfo, viewer: Viewer): void {
  for (const node of info.fieldNodes) {
    const field = guardedFields(node, info).find((each) => !mayUse(viewer, each));
    if (field !== undefined) throw forbidden(viewer, field);
  }
}

function guardedFields(node: FieldNode, info: GraphQLResolveInfo): readonly GuardedField[] {
  const before = known.get(node);
  if (before) return before;
  const selected: Selected = { fields: new Set(), isConditional: false };
  collect(node.selectionSet, getNamedType(info.returnType), info, selected);
  const fields = [...selected.fields];
  if (!selected.isConditional) known.set(node, fields);
  return fields;
}

interface Selected {
  readonly fields: Set<GuardedField>;
  isConditional: boolean;
}

function collect(
  set: SelectionSetNode | undefined,
  type: GraphQLNamedType | undefined,
  info: GraphQLResolveInfo,
  selected: Selected,
): void {
  for (const selection of set?.selections ?? []) {
    if (selection.directives?.length) selected.isConditional = true;
    if (!isIncluded(selection, info)) continue;
    if (selection.kind === Kind.FIELD) collectField(selection, type, info, selected);
    else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      collect(selection.selectionSet, condition ? info.schema.getType(condition) : type, info, selected);
    } else {
      const fragment = info.fragments[selection.name.value];
      collect(
        fragment?.selectionSet,
        info.schema.getType(fragment?.typeCondition.name.value ?? ''),
        info,
        selected,
      );
    }
  }
}

/** Fields of an interface are public, or are checked on the concrete type. */
function collectField(
  node: FieldNode,
  type: GraphQLNamedType | undefined,
  info: GraphQLResolveInfo,
  selected: Selected,
): void {
  if (!isObjectType(type) && !isInterfaceType(type)) return;
  const name = node.name.value;
  const field = `${type.name}.${name}`;
  if (hasPermission(field)) selected.fields.add(field);
  const returned = type.getFields()[name]?.type;
  collect(node.selectionSet, returned && getNamedType(returned), info, selected);
}

function isIncluded(node: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  if (!node.directives?.length) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variableValues);
  return skip?.if !== true && include?.if !== false;
}
