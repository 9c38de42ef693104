/**
 * The load generator, a process of its own: keep-alive connections, each with one request under way, no client
 * library between. Reads its orders from its standard input, prints one line of JSON.
 */
import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

export interface LoadOrders {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  readonly seconds: number;
  readonly query: string;
  /** One set of headers and variables for each request in turn; `$key` in a value becomes a fresh UUID. */
  readonly requests: readonly { authorization: string; variables: Record<string, unknown> }[];
  /** What every answer must contain to count. */
  readonly expect: string;
}

export interface LoadReport {
  readonly answered: number;
  readonly failed: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly latencyMsP50: number;
  readonly latencyMsP99: number;
  readonly firstFailure: string | undefined;
}

const orders = JSON.parse(await text(process.stdin)) as LoadOrders;
const latencies: number[] = [];
let failed = 0;
let firstFailure: string | undefined;
let turn = Math.floor(Math.random() * orders.requests.length);

const KEY_BYTES = randomUUID().length;

/** Each request as the pieces between its keys, which all have one length: nothing is left to do but to join them. */
const prepared = orders.requests.map(({ authorization, variables }) => {
  const body = JSON.stringify({ query: orders.query, variables });
  const pieces = body.split('$key');
  const length = Buffer.byteLength(pieces.join('')) + (pieces.length - 1) * KEY_BYTES;
  const head = `POST ${orders.path} HTTP/1.1\r\nHost: 127.0.0.1:${orders.port}\r\nContent-Type: application/json\r\nAccept: application/json\r\nAuthorization: ${authorization}\r\nContent-Length: ${length}\r\n\r\n`;
  return [`${head}${pieces[0]}`, ...pieces.slice(1)];
});

function nextRequest(): string {
  turn = (turn + 1) % prepared.length;
  return (prepared[turn] ?? []).join(randomUUID());
}

/** Sends requests one after another until the end, and resolves when its last answer is in. */
function drive(socket: Socket, until: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let sentAt = 0;
    let buffered = '';
    const send = () => {
      sentAt = performance.now();
      socket.write(nextRequest());
    };
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('error', reject);
    socket.on('data', (data: string) => {
      buffered += data;
      const headEnd = buffered.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(buffered.slice(0, headEnd))?.[1]);
      if (buffered.length < headEnd + 4 + length) return;
      const body = buffered.slice(headEnd + 4, headEnd + 4 + length);
      buffered = buffered.slice(headEnd + 4 + length);
      if (body.includes(orders.expect)) latencies.push(performance.now() - sentAt);
      else {
        failed += 1;
        firstFailure ??= body;
      }
      if (performance.now() < until) return send();
      socket.end();
      resolve();
    });
    send();
  });
}

const sockets = await Promise.all(
  Array.from(
    { length: orders.connections },
    () =>
      new Promise<Socket>((resolve, reject) => {
        const socket = connect(orders.port, '127.0.0.1', () => resolve(socket));
        socket.once('error', reject);
      }),
  ),
);
const start = performance.now();
await Promise.all(sockets.map((socket) => drive(socket, start + orders.seconds * 1000)));
const seconds = (performance.now() - start) / 1000;
latencies.sort((a, b) => a - b);
const at = (share: number) => Number((latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(2));
const report: LoadReport = {
  answered: latencies.length,
  failed,
  seconds,
  perSecond: latencies.length / seconds,
  latencyMsP50: at(0.5),
  latencyMsP99: at(0.99),
  firstFailure,
};
console.log(JSON.stringify(report));
