import {
  type DocumentNode,
  type ExecutionArgs,
  type FieldNode,
  type GraphQLError,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type ParseOptions,
  type Source,
  validate,
  valueFromASTUntyped,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { isOperator } from '../../domain/access/role.ts';
import { requestError } from '../../graphql/core/error-codes.ts';
import type { RequestContext } from '../authentication/request-context.ts';
import type { Settings } from '../settings/settings.ts';
import { boundedParse, refuseDeepValues } from './document-limits.ts';
import { MAX_ERRORS } from './error-redaction.ts';
import { type OperationCost, operationCost } from './operation-cost.ts';
import { type OperationSize, operationMeasurer } from './operation-size.ts';

/** Fields of one operation with its fragments expanded: more than any screen needs. */
export const MAX_FIELDS = 2_000;

type Limits = Pick<
  Settings,
  | 'maxDepth'
  | 'maxTokens'
  | 'maxRootFields'
  | 'maxAliases'
  | 'maxDirectives'
  | 'maxCost'
  | 'maxBatch'
  | 'introspection'
>;

/**
 * Refuses documents that are too long, too deep or too wide, before validation: several of GraphQL's own rules take
 * time quadratic in the size of the document. The cost of the response is known with the variables, before the first
 * resolver runs.
 */
export function useOperationLimits(limits: Limits): Plugin<RequestContext> {
  const { maxTokens } = limits;
  // GraphQL's "Did you mean" would reveal the schema to clients that may not introspect it.
  const options = { maxErrors: MAX_ERRORS, hideSuggestions: limits.introspection !== 'everyone' };
  const boundedValidate: typeof validate = (schema, document, rules, given, typeInfo) =>
    validate(schema, document, rules, { ...given, ...options }, typeInfo);
  const documentSizes = new DocumentSizes();
  // Parsed documents are cached by their text, so each is validated once.
  const validated = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  const refusal = (args: ExecutionArgs) =>
    refuseDeepValues(args.variableValues) ??
    refuseIntrospection(args, documentSizes, limits) ??
    refuseBatch(args, documentSizes, limits) ??
    refuseCost(args, limits);
  return {
    onParse: ({ setParseFn }) =>
      setParseFn((source: string | Source, given?: ParseOptions) =>
        boundedParse(source, { ...given, maxTokens }),
      ),
    onValidate: ({ params, setResult, setValidationFn }) => {
      const document = params.documentAST as DocumentNode;
      const known = validated.get(document);
      if (known) return setResult(known);
      const errors = documentSizes.excesses(document, limits);
      if (errors.length > 0) setResult(errors);
      setValidationFn(boundedValidate);
      return ({ result }) => void validated.set(document, result as readonly GraphQLError[]);
    },
    onExecute: ({ args, setResultAndStopExecution }) => {
      const error = refusal(args);
      if (error) setResultAndStopExecution({ errors: [error] });
    },
    onSubscribe: ({ args, setResultAndStopExecution }) => {
      const error = refusal(args);
      if (error) setResultAndStopExecution({ errors: [error] });
    },
  };
}

type Sizes = ReadonlyMap<OperationDefinitionNode, OperationSize>;

/** The sizes of documents. Documents are cached by their text, so each is measured once. */
class DocumentSizes {
  readonly #sizes = new WeakMap<DocumentNode, Sizes>();
  readonly #excesses = new WeakMap<DocumentNode, readonly GraphQLError[]>();

  sizes(document: DocumentNode): Sizes {
    const known = this.#sizes.get(document);
    if (known) return known;
    const measure = operationMeasurer(document);
    const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
    const sizes = new Map(operations.map((operation) => [operation, measure(operation)]));
    this.#sizes.set(document, sizes);
    return sizes;
  }

  excesses(document: DocumentNode, limits: Limits): readonly GraphQLError[] {
    const known = this.#excesses.get(document);
    if (known) return known;
    const errors = [...this.sizes(document)].flatMap(([operation, size]) =>
      [...complaints(size, limits)].map((message) => tooLarge(message, operation)),
    );
    this.#excesses.set(document, errors);
    return errors;
  }
}

function* complaints(size: OperationSize, limits: Limits): Iterable<string> {
  const { depth, fields, rootFields, aliases, directives } = size;
  if (depth > limits.maxDepth)
    yield `The operation is ${depth} levels deep: at most ${limits.maxDepth} are allowed.`;
  if (rootFields > limits.maxRootFields)
    yield `The operation has ${rootFields} fields at the top: at most ${limits.maxRootFields} are allowed.`;
  if (fields > MAX_FIELDS) yield `The operation has ${fields} fields: at most ${MAX_FIELDS} are allowed.`;
  if (aliases > limits.maxAliases)
    yield `The operation has ${aliases} aliases: at most ${limits.maxAliases} are allowed.`;
  if (directives > limits.maxDirectives)
    yield `The operation has ${directives} directives: at most ${limits.maxDirectives} are allowed.`;
}

function refuseIntrospection(
  { document, operationName, contextValue }: ExecutionArgs,
  documentSizes: DocumentSizes,
  { introspection }: Limits,
): GraphQLError | undefined {
  if (introspection === 'everyone') return undefined;
  const operation = getOperationAST(document, operationName);
  if (!operation || !documentSizes.sizes(document).get(operation)?.introspects) return undefined;
  if (introspection === 'operator' && isOperator((contextValue as RequestContext).viewer.role))
    return undefined;
  const message = 'Questions about the schema are not answered to you here: see schema.graphql.';
  return requestError('INTROSPECTION_DISABLED', message, { nodes: operation });
}

/** Root fields of the operations of one request so far. */
const rootFieldsOfRequest = new WeakMap<object, number>();

/** A batch of operations has the same limit of root fields as one operation: fifty guesses count as fifty either way. */
function refuseBatch(
  { document, operationName, contextValue }: ExecutionArgs,
  documentSizes: DocumentSizes,
  { maxBatch, maxRootFields }: Limits,
): GraphQLError | undefined {
  const { request } = contextValue as { request?: object };
  const operation = maxBatch > 0 ? getOperationAST(document, operationName) : undefined;
  if (!operation || !request) return undefined;
  const rootFields =
    (rootFieldsOfRequest.get(request) ?? 0) + (documentSizes.sizes(document).get(operation)?.rootFields ?? 0);
  rootFieldsOfRequest.set(request, rootFields);
  if (rootFields <= maxRootFields) return undefined;
  return tooLarge(
    `The request has ${rootFields} fields at the top: at most ${maxRootFields} are allowed.`,
    operation,
  );
}

/** The maximum cost of an operation for any variables: cached, and nearly always within the limit. */
const mostCosts = new WeakMap<OperationDefinitionNode, OperationCost>();

function refuseCost(args: ExecutionArgs, { maxCost }: Limits): GraphQLError | undefined {
  const { schema, document, operationName, variableValues } = args;
  const operation = getOperationAST(document, operationName);
  if (!operation) return undefined;
  const most = mostCosts.get(operation) ?? operationCost(schema, document, operation);
  mostCosts.set(operation, most);
  if (most.pageInList) return pageInList(most.pageInList);
  if (most.objects <= maxCost) return undefined;
  const variables = withDefaults(operation, variableValues ?? {});
  const { objects } = operationCost(schema, document, operation, variables);
  if (objects <= maxCost) return undefined;
  return tooLarge(
    `The answer could hold ${objects} objects: at most ${maxCost} are allowed. Ask for shorter pages, give fewer rows or ask for less of each.`,
    operation,
  );
}

/** Ten thousand pages are too many for one response: clients query them afterwards, a few objects at a time. */
function pageInList(node: FieldNode): GraphQLError {
  const { value } = node.name;
  return requestError(
    'PAGE_IN_LIST',
    `"${value}" is a page, which the answers to the rows of a list don't have: ask there for ids, and for "${value}" in a query of its own.`,
    { nodes: node },
  );
}

function withDefaults(
  { variableDefinitions }: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = { ...given };
  for (const { variable, defaultValue } of variableDefinitions ?? []) {
    const name = variable.name.value;
    if (values[name] === undefined && defaultValue) values[name] = valueFromASTUntyped(defaultValue);
  }
  return values;
}

function tooLarge(message: string, nodes: OperationDefinitionNode): GraphQLError {
  return requestError('OPERATION_TOO_LARGE', message, { nodes });
}
