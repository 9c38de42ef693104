import { Command } from 'commander';
import { outliveLostConnections } from '../server/embedded-postgres/driver-faults.ts';
import { createLogger } from '../server/observability/logger.ts';
import { loadEnvFile, readSettings, type Settings } from '../server/settings/settings.ts';
import type { RunningServer } from '../server/start.ts';
import { DEMO_URL } from './demo.ts';
import { isCalledProduction } from './environment.ts';
import { type OutcomeOptions, printOutcome } from './outcome.ts';

const EXAMPLES = `
Settings are environment variables, or lines of a .env file: .env.example lists them.

Examples:
  $ npm start
  $ PORT=8080 LOG_LEVEL=debug cardline serve
  $ DATABASE_URL=postgres://... CARDLINE_MASTER_KEY=... cardline serve`;

const EMBEDDED_IN_PRODUCTION =
  'The embedded PostgreSQL is for trials and for small sites on loopback, and gets its security fixes late: set DATABASE_URL to a server that is kept up to date (docs/operation.md)';

export function serveCommand(): Command {
  return new Command('serve')
    .description('Starts the server, and the embedded PostgreSQL unless DATABASE_URL names another.')
    .addHelpText('after', EXAMPLES)
    .action(serve);
}

async function serve(options: OutcomeOptions): Promise<void> {
  loadEnvFile();
  // Loaded here, since other commands and the help do not need the whole API.
  const { startServer } = await import('../server/start.ts');
  const settings = readSettings(process.env);
  const logger = createLogger(settings.logLevel, settings.instanceName);
  outliveLostConnections(logger);
  if (isCalledProduction && settings.databaseUrl === undefined) logger.warn(EMBEDDED_IN_PRODUCTION);
  const stopping = new AbortController();
  const starting = startServer(settings, { logger, signal: stopping.signal });
  stopOnSignal(starting, stopping);
  const server = await starting.catch((error) => {
    // Stopped while it waited for its database.
    if (stopping.signal.aborted && error.name === 'AbortError') return undefined;
    throw error;
  });
  if (!server) return;
  const { url, firstKeyFile = null } = server;
  printOutcome({ url, firstKeyFile }, welcome(server, settings), options);
}

/** The first steps. The address is alone on the first line: programs wait for it. */
function welcome({ url, firstKeyFile }: RunningServer, { graphiql }: Settings): string {
  const demoUrl = url === DEMO_URL ? '' : ` --url ${url}`;
  return [
    `Cardline answers at ${url}`,
    ...(firstKeyFile === undefined
      ? []
      : ['', `The first administrator's API key is in ${firstKeyFile}, which only this user can read.`, '']),
    ...(graphiql ? [`To try it:  open ${url} in a browser (GraphiQL) and put the key under "Headers".`] : []),
    `To see it work:  npm run demo --${demoUrl} --key ${firstKeyFile === undefined ? '<key>' : `"$(cat ${firstKeyFile})"`}`,
  ].join('\n');
}

/** The first signal stops the server gracefully, even while it starts; the second ends the process at once. */
function stopOnSignal(starting: Promise<RunningServer>, stopping: AbortController): void {
  let server: RunningServer | undefined;
  starting.then(
    (started) => {
      server = started;
    },
    () => {},
  );
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping.signal.aborted) {
      server?.kill();
      process.exit(1);
    }
    stopping.abort();
    const started = await starting.catch(() => undefined);
    // Ctrl-C comes from a terminal: no load balancer has to notice.
    await started?.close({ notice: signal !== 'SIGINT' });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
