import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import type { z } from 'zod';
import { UsageError } from './usage-error.ts';
import { type Variable, valuesFor, variablesIn } from './variable-forms.ts';
import { settingsSchema } from './variables.ts';

/** The validated settings: as declared in variables.ts, completed where one follows from others. */
export type Settings = Readonly<ReturnType<typeof complete>>;

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** Loads a `.env` file from the working directory, if there is one. Variables already set win. */
export function loadEnvFile(file = '.env'): void {
  if (existsSync(file)) process.loadEnvFile(file);
}

/**
 * The one place where the environment is read.
 *
 * @throws UsageError with a line for every variable that is wrong.
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  // A line without a value in .env sets an empty text: treated as not set.
  const textOf = (variable: string) => environment[variable] || undefined;
  const { data } = settingsSchema.safeParse(
    valuesFor(settingsSchema.shape, ({ variable }) => textOf(variable)),
  );
  if (data === undefined) {
    const wrong = variablesIn(settingsSchema.shape).filter(
      ({ variable, form }) => !form.safeParse(textOf(variable)).success,
    );
    throw new UsageError(wrong.map((each) => complaint(each, textOf(each.variable))).join('\n'));
  }
  checkNeeds(data);
  return complete(data, environment.NODE_ENV === 'production');
}

type Declared = z.output<typeof settingsSchema>;

function complete(declared: Declared, production: boolean) {
  const { host, port, databaseUrl, identityProvider: provider } = declared;
  const { issuer, audience } = provider;
  return {
    ...declared,
    publicUrl: declared.publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    instanceName: declared.instanceName ?? defaultInstanceName(),
    databaseListenUrl: declared.databaseListenUrl ?? databaseUrl,
    identityProvider:
      issuer === undefined || audience === undefined ? undefined : { ...provider, issuer, audience },
    graphiql: declared.graphiql ?? !production,
    introspection: declared.introspection ?? (production ? 'operator' : 'everyone'),
  };
}

/** The name of the machine and the process id, in the form of INSTANCE_NAME. */
function defaultInstanceName(): string {
  return `${hostname()}:${process.pid}`.replace(/[^\w.:@-]/g, '_').slice(-50);
}

/** @throws UsageError with a line for each variable that another makes necessary. */
function checkNeeds({ metricsHost, metricsToken, identityProvider, ...documents }: Declared): void {
  const { issuer, audience } = identityProvider;
  const needed = [
    // The figures would be readable by everybody.
    !LOOPBACK.has(metricsHost) &&
      metricsToken === undefined &&
      'METRICS_TOKEN: needed when METRICS_HOST is not the loopback address.',
    // Tokens made for another service would be accepted.
    issuer !== undefined && audience === undefined && 'OIDC_AUDIENCE: needed with OIDC_ISSUER.',
    documents.trustedDocumentsOnly &&
      documents.trustedDocuments === undefined &&
      'TRUSTED_DOCUMENTS: needed with TRUSTED_DOCUMENTS_ONLY.',
  ].filter((line) => line !== false);
  if (needed.length > 0) throw new UsageError(needed.join('\n'));
}

function complaint({ variable, expected, secret }: Variable, given: string | undefined): string {
  return `${variable}: ${secret ? 'the value' : JSON.stringify(given)} is not ${expected}.`;
}
