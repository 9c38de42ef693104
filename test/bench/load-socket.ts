import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { LoadOrders } from './load.ts';
import type { Exchange } from './load-http.ts';

/** One graphql-ws connection, with as many operations in progress at once as there are slots. All are of one viewer. */
export async function oneSocket({ port, path, slots, rounds }: LoadOrders): Promise<Exchange[]> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, 'graphql-transport-ws');
  const waiting = new Map<string, (answer: string) => void>();
  await once(socket, 'open');
  const acknowledged = once(socket, 'message');
  socket.send(
    JSON.stringify({ type: 'connection_init', payload: { authorization: rounds[0]?.authorization } }),
  );
  await acknowledged;
  socket.on('message', (data) => {
    const message = String(data);
    const id = /"id":"(\d+)"/.exec(message)?.[1] ?? '';
    if (message.includes('"type":"complete"')) return;
    waiting.get(id)?.(message);
    waiting.delete(id);
  });
  let last = 0;
  const exchange: Exchange = (body) =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(`${last}`, resolve);
      socket.send(`{"id":"${last}","type":"subscribe","payload":${body}}`);
    });
  return Array.from({ length: slots }, () => exchange);
}
