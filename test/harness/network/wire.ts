import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to the database that can break where it hurts. */
export interface Wire {
  /** The database's address by way of the wire. */
  readonly url: string;
  /** The next answer to a COMMIT does not arrive: the connection breaks instead. */
  breakAtCommit(): void;
  /** All connections break at once, with an error and not with an end. */
  reset(): void;
  /** All connections there are fall silent, without an end; new ones work. */
  freeze(): void;
  close(): Promise<void>;
}

/** Between the driver and PostgreSQL: what is lost is the answer to a COMMIT that was carried out. */
export async function wireTo(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const clients = new Set<Socket>();
  const lines = new Set<{ client: Socket; database: Socket }>();
  let armed = false;
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        client.destroy();
        database.destroy();
      });
    }
    clients.add(client);
    lines.add({ client, database });
    client.once('close', () => clients.delete(client));
    client.pipe(database);
    database.on('data', (data) => {
      // The tag of the command, as it ends its message (PostgreSQL manual, "Message Formats", CommandComplete).
      if (!armed || !data.includes('COMMIT\0')) return client.write(data);
      armed = false;
      client.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(databaseUrl);
  url.port = String(typeof address === 'object' && address ? address.port : 0);
  return {
    url: url.href,
    breakAtCommit: () => {
      armed = true;
    },
    reset: () => {
      for (const client of clients) client.resetAndDestroy();
    },
    freeze: () => {
      for (const { client, database } of lines) {
        client.unpipe(database);
        client.on('data', () => {});
        database.removeAllListeners('data');
        database.resume();
      }
      lines.clear();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
