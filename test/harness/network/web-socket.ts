import { WebSocket } from 'ws';

export interface TestSocket {
  send(message: object): void;
  /** Messages in their order, kept from the first moment on. */
  next(): Promise<unknown>;
  readonly closed: Promise<{ code: number; reason: string }>;
  close(): void;
}

/** A bare graphql-ws connection, for what a real client would hide. */
export async function openSocket(url: string): Promise<TestSocket> {
  const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
  const messages: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  socket.on('message', (data) => {
    const message: unknown = JSON.parse(String(data));
    const waiter = waiting.shift();
    if (waiter) waiter(message);
    else messages.push(message);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
  );
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    next: () =>
      messages.length > 0
        ? Promise.resolve(messages.shift())
        : new Promise((resolve) => waiting.push(resolve)),
    closed,
    close: () => socket.close(),
  };
}
