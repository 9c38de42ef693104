import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that breaks when it is told to, as a tunnel does to a train. */
export interface BreakingLine {
  /** The server's address by way of the line. */
  readonly url: string;
  /** Breaks every connection there is. @returns how many there were */
  cut(): number;
  close(): Promise<void>;
}

export async function breakingLineTo(serverUrl: string): Promise<BreakingLine> {
  const url = new URL(serverUrl);
  const { hostname, port } = url;
  const pairs = new Set<() => void>();
  const server = createServer((client) => {
    const target = connect(Number(port), hostname);
    const cut = () => {
      pairs.delete(cut);
      for (const socket of [client, target]) socket.destroy();
    };
    pairs.add(cut);
    for (const socket of [client, target] as Socket[]) socket.on('error', cut).on('close', cut);
    client.pipe(target).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url.port = String(typeof address === 'object' && address ? address.port : 0);
  const cutAll = () => {
    const cuts = [...pairs];
    for (const cut of cuts) cut();
    return cuts.length;
  };
  return {
    url: url.href,
    cut: cutAll,
    close: async () => {
      cutAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
