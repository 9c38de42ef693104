import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { LIST_PAGE } from '../../graphql/core/page-sizes.ts';

/** The types that make up a page. They cost nothing; its nodes do. */
const WRAPPER = /(Connection|Edge)$|^(PageInfo|EventPage)$/;
const PAGE = /Connection$|^EventPage$/;

/** Values of variables. Undefined: every page counts as the longest, and every list as infinite. */
export type Variables = Readonly<Record<string, unknown>> | undefined;

export interface OperationCost {
  /** The most objects the response may contain. */
  readonly objects: number;
  /** A page requested for each result of a bulk mutation, if there is one. */
  readonly pageInList: FieldNode | undefined;
}

/** A field's surroundings, which determine how often its objects occur. */
interface Place {
  readonly parent: GraphQLObjectType | undefined;
  /** Rows given to a field above, which returns a list with one entry per row. */
  readonly rows: number;
  /** Whether the field is below such a list. */
  readonly inList: boolean;
}

/**
 * The cost of an operation. A page counts as many objects as requested, a list as many as its arguments or those above it
 * name, and the fields below count once for each. Fragments on mutually exclusive types both count.
 *
 * @param variables omitted: the maximum cost for any variables
 */
export function operationCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables?: Variables,
): OperationCost {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const root = schema.getRootType(operation.operation);
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  let pageInList: FieldNode | undefined;

  const costOfSet = (set: SelectionSetNode, place: Place): number => {
    let cost = 0;
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) cost += costOfField(node, place);
      else if (node.kind === Kind.INLINE_FRAGMENT)
        cost += costOfSet(node.selectionSet, conditioned(node.typeCondition?.name.value, place));
      else {
        const fragment = fragments.get(node.name.value);
        if (fragment)
          cost += costOfSet(fragment.selectionSet, conditioned(fragment.typeCondition.name.value, place));
      }
    }
    return cost;
  };

  const conditioned = (name: string | undefined, place: Place): Place => {
    const type = name === undefined ? undefined : schema.getType(name);
    return isCompositeType(type) ? { ...place, parent: objectOf(type, schema) } : place;
  };

  const costOfField = (node: FieldNode, { parent, rows: above, inList }: Place): number => {
    const field = parent?.getFields()[node.name.value];
    if (!field || !node.selectionSet) return 0;
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return 0;
    const isPage = PAGE.test(type.name);
    const isWrapper = WRAPPER.test(type.name);
    if (isPage && inList) pageInList ??= node;
    const rows = Math.max(above, rowsGiven(node, variables));
    // The page above has counted its own list.
    const isList = !isWrapper && !PAGE.test(parent.name) && isListType(getNullableType(field.type));
    const below = costOfSet(node.selectionSet, {
      parent: objectOf(type, schema),
      // The entries of a list or page do not multiply by the rows again.
      rows: isList || isWrapper ? 0 : rows,
      inList: inList || (isList && isMutation),
    });
    const count = isPage ? pageSize(node, variables) : isList ? listSize(field, rows) : 1;
    const own = isWrapper ? 0 : 1;
    return own + below === 0 ? 0 : (own + below) * count;
  };

  const place = { parent: root ?? undefined, rows: 0, inList: false };
  return { objects: costOfSet(operation.selectionSet, place), pageInList };
}

/** For an interface or union, any of its types: each has all fields of the interface. */
function objectOf(type: GraphQLCompositeType, schema: GraphQLSchema): GraphQLObjectType | undefined {
  return isObjectType(type) ? type : schema.getPossibleTypes(type)[0];
}

/** The requested page size. */
function pageSize(node: FieldNode, variables: Variables): number {
  for (const { name, value } of node.arguments ?? []) {
    if (name.value !== 'first' && name.value !== 'last') continue;
    if (value.kind === Kind.INT) return Math.max(1, Number(value.value));
    if (value.kind !== Kind.VARIABLE) continue;
    if (!variables) return LIST_PAGE.longest;
    const given = variables[value.name.value];
    if (typeof given === 'number') return Math.max(1, given);
  }
  return LIST_PAGE.usual;
}

/** The length of a list: one entry per row given; otherwise what the field declares, or the default page size. */
function listSize({ extensions }: GraphQLField<unknown, unknown>, rows: number): number {
  const { longestList } = extensions;
  return rows || (typeof longestList === 'number' ? longestList : LIST_PAGE.usual);
}

/** How many list items the arguments of a field contain, at any depth. */
function rowsGiven({ arguments: given = [] }: FieldNode, variables: Variables): number {
  const inNode = (value: ValueNode): number => {
    if (value.kind === Kind.LIST)
      return value.values.length + value.values.reduce((sum, each) => sum + inNode(each), 0);
    if (value.kind === Kind.OBJECT) return value.fields.reduce((sum, each) => sum + inNode(each.value), 0);
    if (value.kind !== Kind.VARIABLE) return 0;
    return variables ? inValue(variables[value.name.value]) : Number.POSITIVE_INFINITY;
  };
  return given.reduce((sum, { value }) => sum + inNode(value), 0);
}

/** Without recursion, since a client's input may be nested as deep as its text is long. */
function inValue(given: unknown): number {
  let count = 0;
  const open: unknown[] = [given];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) count += value.length;
    for (const each of Object.values(value)) if (typeof each === 'object') open.push(each);
  }
  return count;
}
