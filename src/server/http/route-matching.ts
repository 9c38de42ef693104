import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a route's handler receives besides the request. */
interface RouteCall {
  /** The decoded path segments, by the `:name` they have in the route. */
  readonly params: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** The IP address the request came from. */
  readonly address: string;
}

/** An endpoint besides GraphQL, such as the one-time file links. */
export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Such as `/files/:secret`. */
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse, call: RouteCall): Promise<void> | void;
}

interface RouteMatch {
  /** The route, if the method matches too. */
  readonly route: Route | undefined;
  readonly params: Record<string, string>;
  /** All methods of the path. */
  readonly methods: string[];
}

export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch | undefined {
  const matches = routes.flatMap((route) => {
    const params = matchPath(route.path, path);
    return params ? [{ route, params }] : [];
  });
  if (matches.length === 0) return undefined;
  const match = matches.find(({ route }) => route.method === method);
  return {
    route: match?.route,
    params: match?.params ?? {},
    methods: matches.map(({ route }) => route.method),
  };
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const expected = pattern.split('/');
  const given = path.split('/');
  if (expected.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) {
      const decoded = decode(value);
      if (!decoded) return undefined;
      params[part.slice(1)] = decoded;
    } else if (part !== value) return undefined;
  }
  return params;
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
