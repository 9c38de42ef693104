import { createHash } from 'node:crypto';
import { type DocumentNode, Kind, type OperationDefinitionNode, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import { graphiqlExamples } from '../../src/server/graphiql/graphiql-examples.ts';
import { startTestHttpServer } from '../harness/http-server.ts';

const operationsOf = ({ definitions }: DocumentNode): OperationDefinitionNode[] =>
  definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);

const tabs = graphiqlExamples.map(({ query, variables, headers }) => {
  const document = parse(query);
  const operations = operationsOf(document);
  return { name: operations[0]?.name?.value, document, operations, query, variables, headers };
});

describe.each(tabs)('the GraphiQL tab that begins with $name', ({ document, operations, ...tab }) => {
  test('has operations that the schema knows', () => {
    expect(validate(schema, document)).toEqual([]);
    expect(operations.every(({ name }) => name)).toBe(true);
  });

  test('has the variables that its operations take, and no others', () => {
    const taken = operations.flatMap(({ variableDefinitions = [] }) =>
      variableDefinitions.map(({ variable }) => variable.name.value),
    );
    expect(Object.keys(JSON.parse(tab.variables)).sort()).toEqual([...new Set(taken)].sort());
  });

  test('has a place for the key', () => {
    expect(JSON.parse(tab.headers)).toEqual({ Authorization: 'Bearer clk_...' });
  });

  test('says what each operation is for', () => {
    for (const { loc } of operations) {
      const before = tab.query.slice(0, loc?.start).trimEnd().split('\n').at(-1);
      expect(before).toMatch(/^# /);
    }
  });

  test('fits beside its answer on a usual screen', () => {
    for (const line of tab.query.split('\n')) expect(line.length).toBeLessThanOrEqual(64);
  });
});

test('GraphiQL opens with several tabs, each with operations', () => {
  expect(tabs.length).toBeGreaterThanOrEqual(4);
  for (const { operations } of tabs) expect(operations.length).toBeGreaterThan(0);
});

test('the first GraphiQL tab says where the key goes before anything else', () => {
  expect(tabs[0]?.query).toMatch(/^# .*\n# Click "Headers"/);
});

test("GraphiQL's page runs its own scripts and no others", async () => {
  const server = await startTestHttpServer();
  const { headers, html } = await fetch(server.url, { headers: { accept: 'text/html' } }).then(
    async (response) => ({ headers: response.headers, html: await response.text() }),
  );
  await server.drain();
  const policy = headers.get('content-security-policy') ?? '';
  const scripts = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
  expect(scripts).not.toHaveLength(0);
  for (const [, attributes, text = ''] of scripts) {
    expect(attributes).toBe('');
    expect(policy).toContain(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  }
  expect(policy).toMatch(/(^|; )default-src 'none'; script-src 'sha256-[^;]*; /);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(/script-src ([^;]*)/.exec(policy)?.[1]).not.toMatch(/unsafe|\*/);
});
