import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';

/** The size of an operation with its fragments expanded. */
export interface OperationSize {
  readonly depth: number;
  readonly fields: number;
  /** Root fields; two aliases of one field count as two. */
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
  /** Whether it introspects the schema. */
  readonly introspects: boolean;
}

const NOTHING: OperationSize = {
  depth: 0,
  fields: 0,
  rootFields: 0,
  aliases: 0,
  directives: 0,
  introspects: false,
};

/** The introspection fields. `__typename` is no secret. */
const ABOUT_SCHEMA = ['__schema', '__type'];

/**
 * Measures operations with their fragments expanded. Each fragment is measured once, so that nested fragments cost no
 * extra time; a cycle counts as nothing and is left to validation.
 */
export function operationMeasurer({ definitions }: DocumentNode) {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const sizes = new Map<string, OperationSize>();

  const sizeOfFragment = (name: string): OperationSize => {
    const known = sizes.get(name);
    if (known) return known;
    sizes.set(name, NOTHING);
    const fragment = fragments.get(name);
    const size = fragment ? withOwn(fragment, sum(fragment.selectionSet.selections)) : NOTHING;
    sizes.set(name, size);
    return size;
  };

  const sizeOf = (node: SelectionNode): OperationSize => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return withOwn(node, sizeOfFragment(node.name.value));
    if (node.kind === Kind.INLINE_FRAGMENT) return withOwn(node, sum(node.selectionSet.selections));
    const introspects = ABOUT_SCHEMA.includes(node.name.value);
    const aliases = node.alias ? 1 : 0;
    // GraphQL's own rules limit introspection fields, which tools query deeply.
    const isMeta = node.name.value.startsWith('__');
    const below = node.selectionSet && !isMeta ? sum(node.selectionSet.selections) : NOTHING;
    return withOwn(node, {
      ...below,
      depth: below.depth + 1,
      fields: below.fields + 1,
      rootFields: 1,
      aliases: below.aliases + aliases,
      introspects: below.introspects || introspects,
    });
  };

  const sum = (selections: readonly SelectionNode[]): OperationSize =>
    selections.map(sizeOf).reduce(add, NOTHING);

  return (operation: OperationDefinitionNode): OperationSize =>
    withOwn(operation, sum(operation.selectionSet.selections));
}

function withOwn(
  { directives }: { readonly directives?: readonly unknown[] | undefined },
  size: OperationSize,
) {
  return directives?.length ? { ...size, directives: size.directives + directives.length } : size;
}

function add(one: OperationSize, other: OperationSize): OperationSize {
  return {
    depth: Math.max(one.depth, other.depth),
    fields: one.fields + other.fields,
    rootFields: one.rootFields + other.rootFields,
    aliases: one.aliases + other.aliases,
    directives: one.directives + other.directives,
    introspects: one.introspects || other.introspects,
  };
}
