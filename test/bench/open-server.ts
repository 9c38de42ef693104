/**
 * The built server with its access control taken out, as a process of its own: what the benchmark of access control
 * compares with. A credential is looked up once and believed for ever, no field asks for a right, no attempt is counted or
 * paid for, and nothing is written to the audit trail. No setting does this: it is done here, to the program's own classes.
 */
import { fileURLToPath } from 'node:url';
import SchemaBuilder, { BasePlugin, type SchemaTypes } from '@pothos/core';

const built = <Module>(file: string): Promise<Module> =>
  import(fileURLToPath(new URL(`../../dist/${file}`, import.meta.url)));

type Authentication = typeof import('../../src/store/access/authentication.ts');
type Auditing = typeof import('../../src/store/audit/audit-log.ts');
type Writing = typeof import('../../src/store/writer/command-writer.ts');
type Sources = typeof import('../../src/store/security/guess-sources.ts');
type Budgets = typeof import('../../src/store/security/guess-budget.ts');
type Trusted = typeof import('../../src/store/security/trusted-numbers.ts');

// Before the schema is built, which takes the plugin by its name.
await built('graphql/core/permission-plugin.js');
SchemaBuilder.allowPluginReRegistration = true;
class NoPermissions<Types extends SchemaTypes> extends BasePlugin<Types> {}
SchemaBuilder.registerPlugin('permissions', NoPermissions as never);

const { ApiKeyAuthenticator } = await built<Authentication>('store/access/authentication.js');
const { authenticate } = ApiKeyAuthenticator.prototype;
const believed = new Map<string, ReturnType<typeof authenticate>>();
ApiKeyAuthenticator.prototype.authenticate = function (secret, address) {
  const known = believed.get(secret) ?? authenticate.call(this, secret, address);
  believed.set(secret, known);
  return known;
};

const { AuditLog } = await built<Auditing>('store/audit/audit-log.js');
AuditLog.prototype.append = async () => {};
const { CommandWriter } = await built<Writing>('store/writer/command-writer.js');
const { run } = CommandWriter.prototype;
CommandWriter.prototype.run = function <Result>(command: Parameters<typeof run<Result>>[0]) {
  return run.call(this, command) as Promise<Result>;
};

const { GuessSources } = await built<Sources>('store/security/guess-sources.js');
GuessSources.prototype.enter = async () => ({ delayed: false, leave: () => {} });
GuessSources.prototype.succeeded = () => {};
const { GuessBudget } = await built<Budgets>('store/security/guess-budget.js');
GuessBudget.prototype.pay = async () => ({ giveBack: () => {} });
const { TrustedNumbers } = await built<Trusted>('store/security/trusted-numbers.js');
TrustedNumbers.prototype.note = () => {};

await built('cli/cardline.js');
