import { Command } from 'commander';
import { loadEnvFile, readSettings } from '../server/settings.ts';
import { type RunningServer, startServer } from '../server/start.ts';

export function serveCommand(): Command {
  return new Command('serve')
    .description('Starts the server, and the embedded PostgreSQL unless DATABASE_URL names another.')
    .action(serve);
}

async function serve(): Promise<void> {
  loadEnvFile();
  const settings = readSettings(process.env);
  const starting = startServer(settings);
  stopOnSignal(starting);
  const server = await starting;
  console.log(`Cardline answers at ${server.url}`);
  if (settings.graphiql) console.log('Open it in a browser to try operations (GraphiQL).');
  if (server.firstKey) {
    console.log(`\nThe first administrator's API key, shown this once:\n\n  ${server.firstKey}\n`);
  }
}

/** The first signal stops in order, also in the middle of the start; the second ends the process at once. */
function stopOnSignal(starting: Promise<RunningServer>): void {
  let server: RunningServer | undefined;
  let stopping = false;
  starting.then(
    (started) => {
      server = started;
    },
    () => {},
  );
  const stop = async () => {
    if (stopping) {
      server?.kill();
      process.exit(1);
    }
    stopping = true;
    const started = await starting.catch(() => undefined);
    await started?.close();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
