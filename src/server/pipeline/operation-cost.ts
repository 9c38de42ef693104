import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** Objects on a page when nobody says how many: see the connections' own descriptions. */
const USUAL_PAGE = 20;
/** Objects on a page at most. */
export const LONGEST_PAGE = 100;

/** What a page is made of; its nodes are what counts. */
const WRAPPER = /(Connection|Edge)$|^(PageInfo|EventPage)$/;
const PAGE = /Connection$|^EventPage$/;

/** Values of variables, or nothing: then every page counts as the longest. */
export type Variables = Readonly<Record<string, unknown>> | undefined;

/**
 * The cost of an operation: how many objects its answer may hold at most. A page counts as many as it is asked for, and
 * what is asked for each of its nodes as many times. Fragments of objects that exclude each other count both.
 *
 * @param variables left out for the most it could be, whatever the variables are
 */
export function operationCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables?: Variables,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const root = schema.getRootType(operation.operation);

  const costOfSet = (set: SelectionSetNode, parent: GraphQLObjectType | undefined): number => {
    let cost = 0;
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) cost += costOfField(node, parent);
      else if (node.kind === Kind.INLINE_FRAGMENT)
        cost += costOfSet(node.selectionSet, conditioned(node.typeCondition?.name.value, parent));
      else {
        const fragment = fragments.get(node.name.value);
        if (fragment)
          cost += costOfSet(fragment.selectionSet, conditioned(fragment.typeCondition.name.value, parent));
      }
    }
    return cost;
  };

  const conditioned = (name: string | undefined, parent: GraphQLObjectType | undefined) => {
    const type = name === undefined ? undefined : schema.getType(name);
    if (isObjectType(type)) return type;
    // An interface has only fields that whoever implements it has.
    return type && isAbstractType(type) ? schema.getPossibleTypes(type)[0] : parent;
  };

  const costOfField = (node: FieldNode, parent: GraphQLObjectType | undefined): number => {
    const field = parent?.getFields()[node.name.value];
    if (!field || !node.selectionSet) return 0;
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return 0;
    const below = costOfSet(node.selectionSet, isObjectType(type) ? type : schema.getPossibleTypes(type)[0]);
    const own = WRAPPER.test(type.name) ? 0 : 1;
    return (own + below) * (PAGE.test(type.name) ? pageSize(node, variables) : listSize(node, variables));
  };

  return root ? costOfSet(operation.selectionSet, root) : 0;
}

/** How many nodes a page is asked for. */
function pageSize(node: FieldNode, variables: Variables): number {
  for (const { name, value } of node.arguments ?? []) {
    if (name.value !== 'first' && name.value !== 'last') continue;
    if (value.kind === Kind.INT) return Math.max(1, Number(value.value));
    if (value.kind !== Kind.VARIABLE) continue;
    if (!variables) return LONGEST_PAGE;
    const given = variables[value.name.value];
    if (typeof given === 'number') return Math.max(1, given);
  }
  return USUAL_PAGE;
}

/** How many objects are named one by one: `ids`. */
function listSize(node: FieldNode, variables: Variables): number {
  const ids = node.arguments?.find(({ name }) => name.value === 'ids')?.value;
  if (!ids) return 1;
  if (ids.kind === Kind.LIST) return Math.max(1, ids.values.length);
  const given = ids.kind === Kind.VARIABLE && variables ? variables[ids.name.value] : undefined;
  return Array.isArray(given) ? Math.max(1, given.length) : variables ? 1 : LONGEST_PAGE;
}
