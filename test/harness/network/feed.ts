import { type IncomingMessage, request } from 'node:http';
import { WebSocket } from 'ws';

export type Transport = 'WebSocket' | 'SSE';

export interface FeedOptions {
  readonly url: string;
  readonly key: string;
  readonly query: string;
  readonly variables: object;
  /** The data of each event, as it arrives. */
  onData(data: Record<string, unknown>): void;
  /** What was told instead of data, or beside it. Without it an error is the end of the feed. */
  onErrors?(errors: NonNullable<FeedEnd['errors']>): void;
}

/** How a feed came to its end: a close code, or the errors that the server told. */
export interface FeedEnd {
  readonly code?: number;
  readonly errors?: readonly {
    readonly extensions?: { readonly code?: string; readonly retryable?: boolean };
  }[];
}

/** One subscription on a connection of its own, which can be cut, and left unread, as no real client would. */
export interface Feed {
  readonly ended: Promise<FeedEnd>;
  /** Reads no more, until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends the connection without a word. */
  cut(): void;
}

export function openFeed(transport: Transport, options: FeedOptions): Feed {
  return transport === 'WebSocket' ? openSocketFeed(options) : openSseFeed(options);
}

interface Message {
  readonly type: string;
  readonly payload?: unknown;
}

function openSocketFeed(options: FeedOptions): Feed {
  const { url, key, query, variables } = options;
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
  const send = (message: object) => socket.send(JSON.stringify(message));
  const ended = new Promise<FeedEnd>((resolve) => {
    socket.on('open', () => send({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }));
    socket.on('message', (data) => {
      const { type, payload } = JSON.parse(String(data)) as Message;
      if (type === 'connection_ack') send({ type: 'subscribe', id: '1', payload: { query, variables } });
      if (type === 'next') take(payload, options, resolve);
      if (type === 'error') resolve({ errors: payload as never });
    });
    // What fails is closed next.
    socket.on('error', () => {});
    socket.on('close', (code) => resolve({ code }));
  });
  void ended.then(() => socket.terminate());
  return {
    ended,
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    cut: () => socket.terminate(),
  };
}

function openSseFeed(options: FeedOptions): Feed {
  const { url, key, query, variables } = options;
  const headers = {
    authorization: `Bearer ${key}`,
    accept: 'text/event-stream',
    'content-type': 'application/json',
  };
  const asking = request(url, { method: 'POST', headers, agent: false });
  let answer: IncomingMessage | undefined;
  const ended = new Promise<FeedEnd>((resolve) => {
    asking.on('error', () => resolve({}));
    asking.on('response', (response) => {
      answer = response;
      // A stream that is cut says 'aborted' as an error; 'close' follows.
      response.on('error', () => {});
      response.on('close', () => resolve({}));
      readLines(response, (line) => {
        if (line.startsWith('data: ')) take(JSON.parse(line.slice(6)), options, resolve);
      });
    });
  });
  void ended.then(() => asking.destroy());
  asking.end(JSON.stringify({ query, variables }));
  return {
    ended,
    pause: () => answer?.pause(),
    resume: () => answer?.resume(),
    cut: () => asking.destroy(),
  };
}

function readLines(response: IncomingMessage, onLine: (line: string) => void): void {
  let rest = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
}

function take(payload: unknown, { onData, onErrors }: FeedOptions, end: (how: FeedEnd) => void): void {
  const { data, errors } = payload as { data?: Record<string, unknown> | null } & FeedEnd;
  if (errors && onErrors) onErrors(errors);
  else if (errors) end({ errors });
  else if (data) onData(data);
}
