import {
  type ASTNode,
  type ConstValueNode,
  coerceInputValue,
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInputType,
  isLeafType,
  isListType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  TypeInfo,
  typeFromAST,
  type ValueNode,
  type VariableDefinitionNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { errorExtensions } from '../../graphql/core/error-codes.ts';

/**
 * Error redaction. GraphQL repeats its input in its errors: a PIN sent as a number, or next to an unknown field, would
 * appear in the response and in every log of responses. So a message that would contain a value is replaced by one made
 * from the node and its expected type. Messages are never edited, and each is truncated, so that the time this takes
 * does not depend on the client's input.
 */
export const MAX_MESSAGE = 300;

/** Errors of one operation that are reported. */
export const MAX_ERRORS = 20;
/** Fewer for the values of variables: for each error GraphQL prints the value that contains it. */
export const MAX_VARIABLE_ERRORS = 3;

const VALUES: ReadonlySet<string> = new Set<ValueNode['kind']>([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
]);

/** The error without the values in its message, and with a code. @param type the expected type at its node */
export function redactError(error: GraphQLError, type?: GraphQLInputType): GraphQLError {
  if (error.path && !isValue(error.nodes?.[0])) return error;
  return withMessage(error, messageOf(error, type));
}

function messageOf(error: GraphQLError, type: GraphQLInputType | undefined): string {
  const [node] = error.nodes ?? [];
  if (node && isValue(node)) return ofValue(error, node, type);
  if (node?.kind === Kind.VARIABLE_DEFINITION) return ofVariable(error, node);
  if (!node && error.source) return ofSyntax(error.message.slice(0, MAX_MESSAGE));
  return error.message;
}

function isValue(node: ASTNode | undefined): node is ConstValueNode {
  return node !== undefined && VALUES.has(node.kind);
}

/** Our own errors have a code and contain no value; GraphQL's messages about an object's fields contain only names. */
function ofValue({ extensions, message }: GraphQLError, node: ValueNode, type: GraphQLInputType | undefined) {
  if (extensions.code !== undefined) return message;
  if (node.kind === Kind.OBJECT && type && isInputObjectType(getNamedType(type))) return message;
  return type ? expected(type) : 'A value of another type is expected.';
}

function expected(type: GraphQLInputType): string {
  return `A value of type "${type}" is expected.`;
}

/** The message for a missing variable has its name and type. For a wrong value see `redactVariables`. */
function ofVariable({ message }: GraphQLError, { variable }: VariableDefinitionNode): string {
  const name = variable.name.value;
  return isWrongValue(message, name) ? `Variable "$${name}" got an invalid value.` : message;
}

function isWrongValue(message: string, name: string): boolean {
  return message.startsWith(`Variable "$${name}" got invalid value `);
}

/** Keeps what was expected and drops what was found. */
function ofSyntax(message: string): string {
  const mark = message.startsWith('Syntax Error: Expected') ? ', found ' : ' "';
  const end = message.indexOf(mark);
  if (end === -1) return message;
  const kept = message.slice(0, end);
  return kept.endsWith(':') ? `${kept.slice(0, -1)}.` : `${kept}.`;
}

function withMessage(error: GraphQLError, message: string): GraphQLError {
  const { nodes = null, source = null, positions = null, path = null } = error;
  const { originalError, ...extensions } = error.extensions;
  // For a body that is not JSON, Yoga keeps its content here.
  if (originalError) extensions.http = { status: 400 };
  const short = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
  if (short === error.message && extensions.code !== undefined && !originalError) return error;
  return new GraphQLError(short, {
    nodes,
    source,
    positions,
    path,
    extensions: { ...errorExtensions('BAD_USER_INPUT'), ...extensions },
  });
}

/** Validation errors without the values in the document. */
function redactValidation(
  errors: readonly GraphQLError[],
  schema: GraphQLSchema,
  document: DocumentNode,
): GraphQLError[] {
  const types = expectedTypes(errors, schema, document);
  return errors.map((error) => redactError(error, types.get(error.nodes?.[0])));
}

function expectedTypes(errors: readonly GraphQLError[], schema: GraphQLSchema, document: DocumentNode) {
  const types = new Map<ASTNode | undefined, GraphQLInputType>();
  const wanted = new Set(errors.flatMap(({ nodes }) => nodes?.[0] ?? []).filter(isValue));
  if (wanted.size === 0) return types;
  const info = new TypeInfo(schema);
  const enter = (node: ASTNode) => {
    const type = isValue(node) && wanted.has(node) ? typeAt(info, node) : undefined;
    if (type) types.set(node, type);
  };
  visit(document, visitWithTypeInfo(info, { enter }));
  return types;
}

/** At a list value, TypeInfo's input type is already the type of its items. */
function typeAt(info: TypeInfo, { kind }: ValueNode): GraphQLInputType | undefined {
  const type = kind === Kind.LIST ? info.getParentInputType() : info.getInputType();
  return type ?? undefined;
}

/**
 * The errors of an operation whose variables could not be coerced: the path within the variable, and what was expected
 * there. Each variable is coerced again for that, up to the number of errors found.
 */
export function redactVariables(errors: readonly GraphQLError[], args: ExecutionArgs): GraphQLError[] {
  const reasons = new Map<string, string[]>();
  return errors.map((error) => {
    const [node] = error.nodes ?? [];
    if (node?.kind !== Kind.VARIABLE_DEFINITION) return redactError(error);
    const name = node.variable.name.value;
    if (!isWrongValue(error.message, name)) return redactError(error);
    const own = reasons.get(name) ?? reasonsOf(node, args);
    reasons.set(name, own);
    return withMessage(error, `Variable "$${name}" got an invalid value${own.shift() ?? '.'}`);
  });
}

const ENOUGH = new Error('The maximum number of errors is reached.');

function reasonsOf({ variable, type: typeNode }: VariableDefinitionNode, args: ExecutionArgs): string[] {
  const name = variable.name.value;
  const type = typeFromAST(args.schema, typeNode as never);
  const reasons: string[] = [];
  if (!isInputType(type)) return reasons;
  const note = (path: readonly (string | number)[], _value: unknown, error: GraphQLError) => {
    reasons.push(reasonOf(name, path, { error, type: typeAlong(type, path) }));
    if (reasons.length === MAX_VARIABLE_ERRORS) throw ENOUGH;
  };
  try {
    coerceInputValue(args.variableValues?.[name], type, note, true);
  } catch (error) {
    if (error !== ENOUGH) throw error;
  }
  return reasons;
}

function reasonOf(
  name: string,
  path: readonly (string | number)[],
  { error, type }: { error: GraphQLError; type: GraphQLNamedInputType },
): string {
  const steps = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  const place = steps === '' ? '' : ` at "${name}${steps}"`;
  const isOurs = error.extensions.code !== undefined || (isScalarType(type) && !isSpecifiedScalarType(type));
  return `${place}; ${isLeafType(type) && !isOurs ? expected(type) : error.message}`;
}

/** The type at a path of a value; stops at a field that the type does not have. */
function typeAlong(type: GraphQLInputType, path: readonly (string | number)[]): GraphQLNamedInputType {
  let at: GraphQLInputType = type;
  for (const key of path) {
    const nullable: GraphQLInputType = getNullableType(at);
    if (typeof key === 'number') at = isListType(nullable) ? nullable.ofType : nullable;
    else {
      const named: GraphQLNamedInputType = getNamedType(nullable);
      at = (isInputObjectType(named) && named.getFields()[key]?.type) || named;
    }
  }
  return getNamedType(at);
}

/** Redacts errors found before an operation runs, over every transport. */
export function useErrorRedaction(): Plugin {
  return {
    onParse:
      () =>
      ({ result, replaceParseResult }) => {
        if (result instanceof GraphQLError) replaceParseResult(redactError(result));
      },
    onValidate:
      ({ params }) =>
      ({ valid, result, setResult }) => {
        const { schema, documentAST } = params;
        if (!valid)
          setResult(redactValidation(result as GraphQLError[], schema, documentAST as DocumentNode));
      },
  };
}
