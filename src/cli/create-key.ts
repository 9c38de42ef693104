import { Command, Option } from 'commander';
import { TRUSTED_MAKER } from '../domain/access/api-key.ts';
import { CREDENTIAL_ROLES, type CredentialRole, SCOPES, type Scope } from '../domain/access/role.ts';
import { SYSTEM_ACTOR } from '../domain/event.ts';
import { PHONE_NUMBER_FORMS, type PhoneNumberForm } from '../domain/values/phone-number-form.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import { createApiKey } from '../store/access/api-keys.ts';
import type { Database } from '../store/postgres/database.ts';
import { withDatabase } from './borrowed-database.ts';
import { noteAtConsole } from './console-audit.ts';
import { instantArgument } from './instant-argument.ts';
import { type OutcomeOptions, printOutcome } from './outcome.ts';

interface Options extends OutcomeOptions {
  readonly name: string;
  readonly role: CredentialRole;
  readonly partner?: string;
  readonly scope?: Scope[];
  readonly network?: string[];
  readonly expires?: Date;
  readonly switchGroup?: string;
  readonly callerNumberForm?: PhoneNumberForm;
  readonly dialedNumberForm?: PhoneNumberForm;
}

const EXAMPLES = `
The key is printed alone on standard output, this once: only its hash is kept.

Examples:
  $ cardline create-key --name "Second administrator" --role ADMINISTRATOR
  $ cardline create-key --name "IVR Baku" --role SWITCH --expires 2027-01-01T00:00:00Z
  $ cardline create-key --name "Kiosk portal" --role PARTNER --partner "Kiosk" --network 203.0.113.0/24`;

/** Access to the database suffices to make a key: the way back in when the first one was lost. */
export function createKeyCommand(): Command {
  return new Command('create-key')
    .description('Makes an API key and prints it: the way back in when the first one was lost.')
    .requiredOption('--name <name>', 'what it is for')
    .addOption(new Option('--role <role>', 'what it may do').choices(CREDENTIAL_ROLES).makeOptionMandatory())
    .option('--partner <name>', 'the partner for whom a PARTNER key acts')
    .addOption(
      new Option('--scope <scope...>', 'what it is restricted to (default: its role)').choices(SCOPES),
    )
    .option('--network <cidr...>', 'the networks it may be used from (default: anywhere)')
    .option('--expires <time>', 'when it ends by itself (default: never)', instantArgument)
    .option('--switch-group <name>', 'the group of switches with which a SWITCH key shares its calls')
    .addOption(numberForm('--caller-number-form <form>', 'numbers of callers and access numbers'))
    .addOption(numberForm('--dialed-number-form <form>', 'dialed numbers'))
    .addHelpText('after', EXAMPLES)
    .action(({ partner, scope, network, expires, json, ...given }: Options) =>
      withDatabase(async (database) => {
        const key = {
          ...given,
          partnerId: partner === undefined ? null : await partnerNamed(partner, database),
          scopes: scope ?? null,
          networks: network ?? null,
          expiresAt: expires ?? null,
        };
        const { apiKey, secret } = await createApiKey(database.sql, key, {
          actorId: SYSTEM_ACTOR,
          maker: TRUSTED_MAKER,
        });
        const made = { objectType: 'ApiKey', objectId: apiKey.id };
        await noteAtConsole(database.sql, { operation: 'createApiKey', ...made });
        const end = apiKey.expiresAt ? `until ${apiKey.expiresAt.toISOString()}` : 'without an end';
        console.error(
          `The key "${apiKey.name}", role ${apiKey.role}, ${end}. Keep it: it is shown this once.`,
        );
        const { id, expiresAt } = apiKey;
        printOutcome({ id, name: apiKey.name, role: apiKey.role, expiresAt, secret }, secret, { json });
      }),
    );
}

function numberForm(flags: string, what: string): Option {
  return new Option(flags, `how a SWITCH key's client writes ${what} (default: AS_DIALED)`).choices(
    PHONE_NUMBER_FORMS,
  );
}

async function partnerNamed(name: string, { drizzle }: Database): Promise<string> {
  const partner = await drizzle.query.partners.findFirst({ columns: { id: true }, where: { name } });
  if (!partner) throw new UsageError(`There is no partner "${name}".`);
  return partner.id;
}
