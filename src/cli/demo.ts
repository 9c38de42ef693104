import { Command, InvalidArgumentError } from 'commander';
import { loadEnvFile } from '../server/settings/settings.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import { DemoFailed } from './demo/failure.ts';
import { narrateTo } from './demo/narrator.ts';
import { EXIT } from './exit-code.ts';
import { type OutcomeOptions, printFailure, printOutcome } from './outcome.ts';

/** The default URL of `npm start`. */
export const DEMO_URL = 'http://127.0.0.1:4000/graphql';

interface Options extends OutcomeOptions {
  readonly url: string;
  readonly key?: string;
  readonly seconds?: number;
}

const EXAMPLES = `
It makes data: two partners, their keys (which end after a day) and 10,000 cards. Let it loose on a trial server.
It exits with 0 when it was stopped or its time was over. With --json the story goes to standard error.

Examples:
  $ npm run demo -- --key clk_...
  $ CARDLINE_KEY=clk_... npm run demo -- --seconds 30
  $ cardline demo --url https://cards.example.com/graphql --key clk_...`;

export function demoCommand(): Command {
  return new Command('demo')
    .description('Plays a day of business on a running server, through its public API, until Ctrl-C.')
    .option('--url <url>', 'where GraphQL is', DEMO_URL)
    .option('--key <key>', "an administrator's API key (default: CARDLINE_KEY)")
    .option('--seconds <number>', 'stop by itself after so long', seconds)
    .addHelpText('after', EXAMPLES)
    .action(demo);
}

async function demo({ url, key: given, seconds, json }: Options): Promise<void> {
  loadEnvFile();
  const key = given ?? process.env.CARDLINE_KEY;
  if (!key) {
    throw new UsageError(
      'The demo needs an administrator\'s key: pass --key clk_... or set CARDLINE_KEY. The first start of the server wrote one to the file first-key in its data folder; "cardline create-key --name Demo --role ADMINISTRATOR" makes another.',
    );
  }
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new UsageError(`--url: ${url} is no http address such as ${DEMO_URL}.`);
  }
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const timer = seconds === undefined ? undefined : setTimeout(stop, seconds * 1_000);
  try {
    if (json) narrateTo(console.error);
    // The client of the whole API, which only this command needs.
    const { runDemo } = await import('./demo/run.ts');
    const tally = await runDemo({ url, key, signal: stopped.signal });
    if (json) printOutcome(tally, '', { json });
  } catch (error) {
    if (!(error instanceof DemoFailed)) throw error;
    printFailure({ code: 'DEMO_FAILED', message: error.message }, { json });
    process.exitCode = EXIT.failed;
  } finally {
    clearTimeout(timer);
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

function seconds(word: string): number {
  if (!/^[1-9]\d{0,5}$/.test(word)) throw new InvalidArgumentError('Write whole seconds, 1 to 999999.');
  return Number(word);
}
