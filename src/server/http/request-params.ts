import type { GraphQLParams } from 'graphql-yoga';

/** The parameters in a JSON body; undefined when they are unusual. */
export function paramsInBody(body: Buffer): GraphQLParams | undefined {
  return plain(parsed(body.toString()));
}

/** The parameters in the query string of a URL (GraphQL over HTTP, 5.3); undefined when they are unusual. */
export function paramsInAddress(url: string): GraphQLParams | undefined {
  const start = url.indexOf('?');
  const search = new URLSearchParams(start === -1 ? '' : url.slice(start + 1));
  const json = (name: string) => {
    const text = search.get(name);
    return text ? (parsed(text) ?? INVALID) : undefined;
  };
  return plain({
    query: search.get('query') || undefined,
    operationName: search.get('operationName') || undefined,
    variables: json('variables'),
    extensions: json('extensions'),
  });
}

const INVALID = 'not JSON';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Undefined when something is missing or malformed: Yoga then reports it. */
function plain(params: unknown): GraphQLParams | undefined {
  if (!isObject(params)) return undefined;
  const { query, variables, operationName, extensions, documentId, ...others } = params;
  const isHashed = typeof documentId === 'string' || isObject(extensions);
  if (typeof query !== 'string' && !(isAbsent(query) && isHashed)) return undefined;
  if (!isAbsent(documentId) && typeof documentId !== 'string') return undefined;
  if (!isAbsent(variables) && !isObject(variables)) return undefined;
  if (!isAbsent(extensions) && !isObject(extensions)) return undefined;
  if (!isAbsent(operationName) && typeof operationName !== 'string') return undefined;
  return Object.keys(others).length > 0 ? undefined : (params as GraphQLParams);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
