import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';

/** How large an operation is, with its fragments spread out. */
export interface OperationSize {
  readonly depth: number;
  readonly fields: number;
  /** Fields at the top; two aliases of one field are two. */
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
  /** Whether it asks about the schema itself. */
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

/** Whether a field asks about the schema. `__typename` is no secret. */
const ABOUT_SCHEMA = ['__schema', '__type'];

/**
 * Sizes with fragments spread out. Each fragment is measured once, so that fragments of fragments cost nothing; a
 * cycle counts as nothing and is left to validation.
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
    // The schema's own fields have a limit of their own in GraphQL's rules; tools ask for them deeply.
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
