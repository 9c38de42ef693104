import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { v7 as uuidV7 } from 'uuid';

export type Kind = 'Query' | 'Mutation' | 'Subscription';

export interface BuiltOperation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** What an argument or input field is given, by its name and type; undefined: what the type suggests. */
export type Value = (name: string, type: string) => unknown;

export interface Wish {
  readonly kind: Kind;
  readonly field: string;
  readonly value: Value;
  /** Whether arguments that may be left out are given too. */
  readonly full: boolean;
  /** Of the fields of an input of which exactly one is given: which, by number. */
  readonly variant: number;
  /** Whether a field is asked for, such as `Card.batch`. */
  readonly select: (field: string) => boolean;
}

/** Levels below the root, and what the server allows in one operation. */
const DEEPEST = 8;
const MOST_FIELDS = 1_500;

/** An operation that asks for one field at the root, with everything below that is selected. */
export function buildOperation(schema: GraphQLSchema, wish: Wish): BuiltOperation {
  const field = rootField(schema, wish);
  const given = field.args.filter((arg) => wish.full || isNonNullType(arg.type));
  const variables = Object.fromEntries(given.map(({ name, type }) => [name, inputOf(type, name, wish)]));
  const heads = given.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const args = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const body = largestSelection(schema, field.type, wish);
  const query = `${wish.kind.toLowerCase()}${heads && `(${heads})`} { ${wish.field}${args && `(${args})`} ${body} }`;
  return { query, variables: dropUndefined(variables) };
}

export function rootField(
  schema: GraphQLSchema,
  { kind, field }: Pick<Wish, 'kind' | 'field'>,
): GraphQLField<unknown, unknown> {
  const found = schema.getRootType(kind.toLowerCase() as never)?.getFields()[field];
  if (!found) throw new Error(`There is no ${kind}.${field}.`);
  return found;
}

/** Every argument of a field at the root and every field of an input, with the name of its type. */
export function argumentsOf(schema: GraphQLSchema): { name: string; type: string }[] {
  const types = Object.values(schema.getTypeMap());
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return [
    ...roots.flatMap((root) => Object.values(root?.getFields() ?? {}).flatMap(({ args }) => args)),
    ...types.filter(isInputObjectType).flatMap((type) => Object.values<GraphQLInputField>(type.getFields())),
  ].map(({ name, type }) => ({ name, type: getNamedType(type).name }));
}

/** Whether an argument of a type may name something that somebody has. */
export const isNaming = (type: string) => type === 'ID' || type === 'PhoneNumber';

/** How many ways there are to fill what takes exactly one of several. */
export function variantsOf(schema: GraphQLSchema, wish: Pick<Wish, 'kind' | 'field'>): number {
  const counts = rootField(schema, wish).args.map(({ type }) => choicesIn(type, 3));
  return Math.max(1, ...counts);
}

function choicesIn(type: GraphQLInputType, depth: number): number {
  const named = getNamedType(type);
  if (depth === 0 || !isInputObjectType(named)) return 1;
  const fields = Object.values(named.getFields());
  const below = fields.map((field) => choicesIn(field.type, depth - 1));
  return Math.max(named.isOneOf ? fields.length : 1, ...below);
}

function inputOf(type: GraphQLInputType, name: string, wish: Wish): unknown {
  if (isNonNullType(type)) return inputOf(type.ofType, name, wish);
  const named = getNamedType(type);
  const value = wish.value(name, named.name);
  if (value !== undefined) return isListType(type) ? [value] : value;
  if (isListType(type)) return [inputOf(type.ofType, name, wish)];
  if (isInputObjectType(named)) return inputObjectOf(named, wish);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  return scalarOf(named.name, name);
}

function inputObjectOf(type: Extract<GraphQLInputType, { isOneOf: boolean }>, wish: Wish): unknown {
  const fields = Object.values(type.getFields());
  const chosen = type.isOneOf
    ? [fields[wish.variant % fields.length]]
    : fields.filter(
        (field) => wish.full || isNonNullType(field.type) || wish.value(field.name, '') !== undefined,
      );
  return Object.fromEntries(
    chosen.flatMap((field) => (field ? [[field.name, inputOf(field.type, field.name, wish)]] : [])),
  );
}

/** A page from the beginning: cursors and a page from the end would be arguments that contradict it. */
const NOT_GIVEN = ['after', 'before', 'last'];

function scalarOf(type: string, name: string): unknown {
  if (NOT_GIVEN.includes(name)) return undefined;
  if (name === 'idempotencyKey') return uuidV7();
  if (name === 'currency') return 'EUR';
  if (name === 'timeZone') return 'UTC';
  if (type === 'Date') return new Date().toISOString().slice(0, 10);
  if (type === 'Int' || type === 'Float') return 1;
  if (type === 'Boolean') return true;
  if (type === 'Decimal') return '1';
  if (type === 'DateTime') return new Date(Date.now() + 86_400_000).toISOString();
  if (type === 'PhoneNumber') return '+390655599999';
  if (type === 'Cursor') return undefined;
  return 'x';
}

/** As deep as the server's limit on fields allows. */
function largestSelection(schema: GraphQLSchema, type: GraphQLOutputType, { kind, select }: Wish): string {
  for (let depth = DEEPEST; depth > 1; depth -= 1) {
    const place = { schema, select, depth, path: [], isMutation: kind === 'Mutation', inList: false };
    const selection = selectionOf(type, place);
    if (selection.split(':').length < MOST_FIELDS) return selection;
  }
  throw new Error(`A selection of ${type} is too large.`);
}

interface Place {
  readonly schema: GraphQLSchema;
  readonly select: Wish['select'];
  readonly depth: number;
  /** The types above: none is entered twice on one way down. */
  readonly path: readonly string[];
  readonly isMutation: boolean;
  /** Whether it is below a list that a mutation answers, which has no pages below it. */
  readonly inList: boolean;
}

const isPage = (name: string) => name.endsWith('Connection');
const isEdge = (name: string) => name.endsWith('Edge');

function selectionOf(type: GraphQLOutputType, place: Place): string {
  const named = getNamedType(type);
  if (isAbstractType(named)) {
    const possible = place.schema.getPossibleTypes(named);
    return `{ __typename ${possible.map((one) => `... on ${one.name} ${selectionOf(one, place)}`).join(' ')} }`;
  }
  if (!isObjectType(named)) return '';
  const below = { ...place, depth: place.depth - 1, path: [...place.path, named.name] };
  const fields = Object.values(named.getFields()).flatMap((field) => {
    if (!place.select(`${named.name}.${field.name}`) || field.args.some(isRequiredArgument)) return [];
    const inner = getNamedType(field.type);
    if (isCompositeType(inner) && (below.depth === 0 || below.path.includes(inner.name))) return [];
    if (below.inList && isPage(inner.name)) return [];
    const isList = isListType(getNullableType(field.type)) && isCompositeType(inner) && !isEdge(inner.name);
    const inside = { ...below, inList: below.inList || (isList && below.isMutation) };
    // Two types of a union may have fields of one name and of different types.
    return [`${named.name}_${field.name}: ${field.name} ${selectionOf(field.type, inside)}`];
  });
  return `{ __typename ${fields.join(' ')} }`;
}

function dropUndefined(values: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(values));
}
