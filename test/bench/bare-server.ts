/** `ws` and nothing else, as a process of its own: what it takes to send bytes to many sockets. The baseline. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { WebSocketServer } from 'ws';

export interface BareOrder {
  /** What is sent to every socket, so many times. */
  readonly text: string;
  readonly times: number;
}

/** What may wait for one socket before the next message is sent. */
const UNSENT_BYTES = 65_536;

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
server.on('listening', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address ? address.port : 0);
});

process.on('message', async ({ text, times }: BareOrder) => {
  const message = Buffer.from(text);
  for (let n = 0; n < times; n += 1) {
    for (const client of server.clients) client.send(message, { binary: false });
    do await nextTurn();
    while ([...server.clients].every(({ bufferedAmount }) => bufferedAmount > UNSENT_BYTES));
  }
});
