import {
  type GraphQLCompositeType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  getVariableValues,
  isCompositeType,
  isEnumType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import {
  type Answer,
  answersIn,
  blocksOf,
  documents,
  type Request,
  requestsIn,
} from '../harness/documents.ts';

function operationsOf(query: string): OperationDefinitionNode[] {
  return parse(query).definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
}

/** What the schema has against a request. */
function faultsOf({ query, variables: given = {} }: Request): string[] {
  try {
    const errors = validate(schema, parse(query)).map(({ message }) => message);
    const declared = operationsOf(query).flatMap(({ variableDefinitions = [] }) => variableDefinitions);
    const { errors: wrong = [] } = getVariableValues(schema, declared, given);
    return [...errors, ...wrong.map(({ message }) => message)];
  } catch (error) {
    return [String(error)];
  }
}

interface Asked {
  readonly type: GraphQLOutputType;
  readonly selections: readonly SelectionSetNode[];
  /** Whether it is there whatever the type of the object. */
  readonly always: boolean;
}

/** What is asked for of an object, by the name it has in the answer. */
function askedOf(
  type: GraphQLCompositeType,
  selections: readonly SelectionSetNode[],
  always = true,
): Map<string, Asked> {
  const asked = new Map<string, Asked>();
  const note = (name: string, { selections: more, ...rest }: Asked) => {
    const { selections: known = [] } = asked.get(name) ?? {};
    asked.set(name, { ...rest, selections: [...known, ...more] });
  };
  for (const node of selections.flatMap((each) => each.selections)) {
    if (node.kind === Kind.FIELD) {
      const field = 'getFields' in type ? type.getFields()[node.name.value] : undefined;
      const more = node.selectionSet ? [node.selectionSet] : [];
      if (field) note(node.alias?.value ?? node.name.value, { type: field.type, selections: more, always });
    } else if (node.kind === Kind.INLINE_FRAGMENT) {
      const on = node.typeCondition ? schema.getType(node.typeCondition.name.value) : type;
      if (!isCompositeType(on)) continue;
      for (const [name, each] of askedOf(on, [node.selectionSet], false)) note(name, each);
    }
  }
  return asked;
}

/** What in an answer the request did not ask for, or what it asked for and is not there. */
function misfits(
  value: unknown,
  type: GraphQLOutputType,
  selections: readonly SelectionSetNode[],
  at: string,
): string[] {
  if (value === null) return [];
  const named = getNamedType(type);
  if (isListType(getNullableType(type)) && Array.isArray(value)) {
    return value.flatMap((item, index) => misfits(item, named, selections, `${at}.${index}`));
  }
  if (isEnumType(named)) return named.getValue(String(value)) ? [] : [`${at}: ${value} is no ${named.name}`];
  if (!isCompositeType(named)) return [];
  const asked = askedOf(named, selections);
  const answered = Object.entries(value as object);
  const missing = [...asked].filter(([name, { always }]) => always && !(name in (value as object)));
  return [
    ...missing.map(([name]) => `${at}.${name} is missing`),
    ...answered.flatMap(([name, each]) => {
      const field = asked.get(name);
      if (!field) return [`${at}.${name} was not asked for`];
      return misfits(each, field.type, field.selections, `${at}.${name}`);
    }),
  ];
}

/** Why an answer is none to a request. */
function misfitsOf(answer: Answer, { query }: Request): string[] {
  const [operation] = operationsOf(query);
  const root = operation && schema.getRootType(operation.operation);
  if (!root) return ['there is no such operation'];
  return answer.errors && !answer.data ? [] : misfits(answer.data, root, [operation.selectionSet], 'data');
}

/**
 * All that a document says of requests and answers and that is not so. An answer in JSON is to a request right before it;
 * one in other output, such as an event of a stream, to any that came before.
 */
function wrongIn(markdown: string): string[] {
  const wrong: string[] = [];
  const all: Request[] = [];
  let near: readonly Request[] = [];
  for (const { language, text, line, follows } of blocksOf(markdown)) {
    const requests = requestsIn({ language, text });
    wrong.push(...requests.flatMap(faultsOf).map((fault) => `line ${line}: ${fault}`));
    const good = requests.filter((each) => faultsOf(each).length === 0);
    all.push(...good);
    if (!follows || good.length > 0) near = good;
    const asked = language === 'json' ? near : all;
    if (asked.length === 0) continue;
    for (const answer of answersIn({ language, text })) {
      const each = asked.map((request) => misfitsOf(answer, request));
      const [nearest = []] = each.toSorted((a, b) => a.length - b.length);
      wrong.push(...nearest.map((misfit) => `line ${line}: ${misfit}`));
    }
  }
  return wrong;
}

test.each([...documents])('%s has valid requests, and responses that match them', (_path, markdown) => {
  expect(wrongIn(markdown)).toEqual([]);
});

test.each([
  ['a field that there is not', '```graphql\n{ viewer { rol } }\n```\n'],
  [
    'a field that there is not, in a shell',
    "```sh\ngql 'mutation { lockCard(input: {card: {id: \"'$ID'\"}}) { card } }'\n```\n",
  ],
  ['an argument that is missing, over curl', '```sh\ncurl -d \'{"query":"{ card { id } }"}\'\n```\n'],
  [
    'a variable in a wrong form',
    '```sh\ncurl -d \'{"query":"query ($id: ID!) { node(id: $id) { id } }","variables":{"id":{}}}\'\n```\n',
  ],
  [
    'an answer to something else',
    '```graphql\n{ viewer { role } }\n```\n```json\n{"data":{"viewer":{"name":"Ann"}}}\n```\n',
  ],
  [
    'an event of something else',
    '```graphql\nsubscription { rechargeMade { at } }\n```\nIt says:\n```\ndata: {"data":{"rechargeMade":{"on":1}}}\n```\n',
  ],
  [
    'a value that there is not',
    '```graphql\n{ viewer { role } }\n```\n```json\n{"data":{"viewer":{"role":"KING"}}}\n```\n',
  ],
])('%s is found', (_what, markdown) => {
  expect(wrongIn(markdown)).not.toEqual([]);
});

test('each document with requests has some that are found', () => {
  const found = (path: string) => blocksOf(documents.get(path) ?? '').flatMap(requestsIn).length;
  expect(found('README.md')).toBeGreaterThan(15);
  for (const name of ['api', 'calls', 'money', 'realtime', 'reports', 'security']) {
    expect(found(`docs/${name}.md`), name).toBeGreaterThan(0);
  }
});
