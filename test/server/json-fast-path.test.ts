import { describe, expect, test } from 'vitest';
import { useTestHttpServer } from '../harness/http-server.ts';

const short = useTestHttpServer({ fastPath: true });
const yoga = useTestHttpServer({ fastPath: false });

const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const modern = { accept: 'application/graphql-response+json' };
const bothTypes = { accept: 'application/graphql-response+json, application/json' };

const requests: Record<string, RequestInit> = {
  'a query': json({ query: '{ hello }' }),
  'a query, modern type': json({ query: '{ hello }' }, modern),
  'a query, both types': json({ query: '{ hello }' }, bothTypes),
  'both types, the old one first': json({ query: '{ hello }' }, { accept: 'application/json, */*' }),
  'a type with weights': json({ query: '{ hello }' }, { accept: 'application/json;q=0.9' }),
  'a type that is not ours': json({ query: '{ hello }' }, { accept: 'text/csv' }),
  'a charset': json({ query: '{ hello }' }, { 'content-type': 'application/json; charset=utf-8' }),
  variables: json({ query: 'query($t: String!) { echo(text: $t) }', variables: { t: '"ž🏃\n' } }),
  'a missing variable': json({ query: 'query($t: String!) { echo(text: $t) }' }),
  'a missing variable, modern type': json({ query: 'query($t: String!) { echo(text: $t) }' }, modern),
  'a named operation': json({ query: 'query A { hello } query B { viewer }', operationName: 'B' }),
  'no such operation': json({ query: 'query A { hello }', operationName: 'B' }),
  'no operation named of two': json({ query: 'query A { hello } query B { viewer }' }, modern),
  'nulls for parameters': json({
    query: '{ hello }',
    variables: null,
    operationName: null,
    extensions: null,
  }),
  'an unknown parameter': json({ query: '{ hello }', more: 1 }),
  'a mutation': json({ query: 'mutation { change }' }),
  'a syntax error': json({ query: '{ hello' }),
  'a syntax error, modern type': json({ query: '{ hello' }, modern),
  'an unknown field': json({ query: '{ helo }' }),
  'an unknown field, modern type': json({ query: '{ helo }' }, modern),
  'a broken resolver': json({ query: '{ hello broken }' }),
  'a broken resolver, modern type': json({ query: '{ hello broken }' }, modern),
  'no data left': json({ query: '{ brokenNonNull }' }),
  'no data left, modern type': json({ query: '{ brokenNonNull }' }, modern),
  'a null that may not be': json({ query: '{ missing }' }),
  'a rejection': json({ query: '{ refused }' }, modern),
  'an error that is meant to be seen': json({ query: '{ told }' }),
  'too deep': json({ query: `{${'thing{'.repeat(12)}name${'}'.repeat(13)}` }),
  'invalid JSON': json('{"query":'),
  'a JSON null': json('null'),
  'a JSON string': json('"{ hello }"'),
  'a batch': json([{ query: '{ hello }' }]),
  'an empty body': json(''),
  'no query': json({ variables: {} }),
  'a subscription for one answer': json(
    { query: 'subscription { count(to: 1) }' },
    { accept: 'application/json' },
  ),
  'the word subscription': json({ query: '{ echo(text: "subscription") }' }),
  urlencoded: { method: 'POST', body: new URLSearchParams({ query: '{ hello }' }) },
  text: { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query":"{ hello }"}' },
  'the result type as the request type': json(
    { query: '{ hello }' },
    { 'content-type': 'application/graphql-response+json' },
  ),
  'too large': json({ query: '{ hello }', variables: { t: 'x'.repeat(1_100_000) } }),
  PUT: { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"query":"{ hello }"}' },
};

describe('the short way answers like Yoga', () => {
  test.each(Object.entries(requests))('%s', async (_name, init) => {
    const headers = { ...(init.headers as Record<string, string>), 'x-request-id': 'same' };
    const [one, other] = await Promise.all(
      [short, yoga].map((server) => answer(server, { ...init, headers })),
    );
    expect(one).toEqual(other);
  });
});

async function answer(server: typeof short, init: RequestInit) {
  const response = await server.fetch(init);
  const { date: _date, 'keep-alive': _keepAlive, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: await response.text() };
}
