import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type ParseOptions,
  parse,
  type SelectionNode,
  type Source,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Settings } from './settings.ts';

/** Fields of one operation with its fragments spread out: more than any screen has. */
const MAX_FIELDS = 2_000;

type Limits = Pick<Settings, 'maxDepth' | 'maxTokens' | 'maxRootFields' | 'introspection'>;

interface Size {
  depth: number;
  fields: number;
  rootFields: number;
}

const NOTHING: Size = { depth: 0, fields: 0, rootFields: 0 };

/**
 * Refuses documents that are too long, too deep or too wide, before validation: several of GraphQL's own rules take
 * time that grows with the square of the document.
 */
export function useOperationLimits(limits: Limits): Plugin {
  const options = { maxTokens: limits.maxTokens };
  const boundedParse = (source: string | Source, given?: ParseOptions) =>
    parse(source, { ...given, ...options });
  return {
    onParse: ({ setParseFn }) => setParseFn(boundedParse),
    onValidate: ({ params, setResult, addValidationRule }) => {
      const errors = checkLimits(params.documentAST as DocumentNode, limits);
      if (errors.length > 0) setResult(errors);
      if (limits.introspection) return undefined;
      addValidationRule(NoSchemaIntrospectionCustomRule);
      return ({ result }) => withoutSuggestions(result);
    },
  };
}

/** GraphQL's "Did you mean" tells the schema to who may not ask for it. */
function withoutSuggestions(errors: readonly Error[]): void {
  for (const error of errors) error.message = error.message.replace(/ Did you mean .*\?$/, '');
}

const checked = new WeakMap<DocumentNode, readonly GraphQLError[]>();

/** Documents are cached by their text, so each is measured once. */
function checkLimits(document: DocumentNode, limits: Limits): readonly GraphQLError[] {
  const known = checked.get(document);
  if (known) return known;
  const errors = excesses(document, limits);
  checked.set(document, errors);
  return errors;
}

function excesses(document: DocumentNode, { maxDepth, maxRootFields }: Limits): GraphQLError[] {
  const measure = measurer(document);
  const errors: GraphQLError[] = [];
  for (const operation of document.definitions) {
    if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, fields, rootFields } = measure(operation.selectionSet.selections);
    const refuse = (message: string) =>
      errors.push(
        new GraphQLError(message, { nodes: operation, extensions: { code: 'OPERATION_TOO_LARGE' } }),
      );
    if (depth > maxDepth) refuse(`The operation is ${depth} levels deep: at most ${maxDepth} are allowed.`);
    if (rootFields > maxRootFields) {
      refuse(`The operation has ${rootFields} fields at the top: at most ${maxRootFields} are allowed.`);
    }
    if (fields > MAX_FIELDS) refuse(`The operation has ${fields} fields: at most ${MAX_FIELDS} are allowed.`);
  }
  return errors;
}

/**
 * Sizes with fragments spread out. Each fragment is measured once, so that fragments of fragments cost nothing; a
 * cycle counts as nothing and is left to validation.
 */
function measurer({ definitions }: DocumentNode): (selections: readonly SelectionNode[]) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const sizes = new Map<string, Size>();

  const sizeOfFragment = (name: string): Size => {
    const known = sizes.get(name);
    if (known) return known;
    sizes.set(name, NOTHING);
    const size = measure(fragments.get(name)?.selectionSet.selections ?? []);
    sizes.set(name, size);
    return size;
  };

  const sizeOf = (node: SelectionNode): Size => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return sizeOfFragment(node.name.value);
    if (node.kind === Kind.INLINE_FRAGMENT) return measure(node.selectionSet.selections);
    // The schema's own fields have a limit of their own in GraphQL's rules; tools ask for them deeply.
    if (node.name.value.startsWith('__')) return { depth: 1, fields: 1, rootFields: 1 };
    const below = node.selectionSet ? measure(node.selectionSet.selections) : NOTHING;
    return { depth: below.depth + 1, fields: below.fields + 1, rootFields: 1 };
  };

  const measure = (selections: readonly SelectionNode[]): Size => {
    const total = { ...NOTHING };
    for (const size of selections.map(sizeOf)) {
      total.depth = Math.max(total.depth, size.depth);
      total.fields += size.fields;
      total.rootFields += size.rootFields;
    }
    return total;
  };
  return measure;
}
