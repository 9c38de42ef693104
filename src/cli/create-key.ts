import { Command, Option } from 'commander';
import { SYSTEM_ACTOR } from '../domain/event.ts';
import { UsageError } from '../server/usage-error.ts';
import { type ApiKeyRole, createApiKey } from '../store/api-keys.ts';
import type { Database } from '../store/database.ts';
import { withDatabase } from './borrowed-database.ts';
import { instantArgument } from './instant-argument.ts';

interface Options {
  readonly name: string;
  readonly role: ApiKeyRole;
  readonly partner?: string;
  readonly expires?: Date;
}

const ROLES: readonly ApiKeyRole[] = ['ADMINISTRATOR', 'PARTNER', 'SWITCH'];

const EXAMPLES = `
The key is printed alone on standard output, this once: only its hash is kept.

Examples:
  $ cardline create-key --name "Second administrator" --role ADMINISTRATOR
  $ cardline create-key --name "IVR Baku" --role SWITCH --expires 2027-01-01T00:00:00Z
  $ cardline create-key --name "Kiosk portal" --role PARTNER --partner "Kiosk"`;

/** Whoever may reach the database may have a key: the way back in when the first one was lost. */
export function createKeyCommand(): Command {
  return new Command('create-key')
    .description('Makes an API key and prints it: the way back in when the first one was lost.')
    .requiredOption('--name <name>', 'what it is for')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
    .option('--partner <name>', 'the partner for whom a PARTNER key acts')
    .option('--expires <time>', 'when it ends by itself (default: never)', instantArgument)
    .addHelpText('after', EXAMPLES)
    .action(({ name, role, partner, expires }: Options) =>
      withDatabase(async (database) => {
        const { apiKey, secret } = await createApiKey(database.sql, {
          name,
          role,
          partnerId: partner === undefined ? null : await partnerNamed(partner, database),
          expiresAt: expires ?? null,
          actorId: SYSTEM_ACTOR,
        });
        const end = apiKey.expiresAt ? `until ${apiKey.expiresAt.toISOString()}` : 'without an end';
        console.error(
          `The key "${apiKey.name}", role ${apiKey.role}, ${end}. Keep it: it is shown this once.`,
        );
        console.log(secret);
      }),
    );
}

async function partnerNamed(name: string, { drizzle }: Database): Promise<string> {
  const partner = await drizzle.query.partners.findFirst({ columns: { id: true }, where: { name } });
  if (!partner) throw new UsageError(`There is no partner "${name}".`);
  return partner.id;
}
