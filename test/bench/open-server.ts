/**
 * The built server with its access control taken out, as a process of its own: what the benchmark of access control
 * compares with. A credential is looked up once and believed for ever, no field asks for a right, no attempt is counted or
 * paid for, and nothing is written to the audit trail. No setting does this: it is done here, to the program's own classes.
 */
import { fileURLToPath } from 'node:url';
import SchemaBuilder, { BasePlugin, type SchemaTypes } from '@pothos/core';

const built = <Module>(file: string): Promise<Module> =>
  import(fileURLToPath(new URL(`../../dist/${file}`, import.meta.url)));

type Authentication = typeof import('../../src/store/authentication.ts');
type Auditing = typeof import('../../src/store/audit-log.ts');
type Writing = typeof import('../../src/store/command-writer.ts');
type Sources = typeof import('../../src/store/guess-sources.ts');
type Budgets = typeof import('../../src/store/guess-budget.ts');
type Proven = typeof import('../../src/store/proven-numbers.ts');

// Before the schema is built, which takes the plugin by its name.
await built('graphql/permission-plugin.js');
SchemaBuilder.allowPluginReRegistration = true;
class NoPermissions<Types extends SchemaTypes> extends BasePlugin<Types> {}
SchemaBuilder.registerPlugin('permissions', NoPermissions as never);

const { ApiKeyAuthenticator } = await built<Authentication>('store/authentication.js');
const { authenticate } = ApiKeyAuthenticator.prototype;
const believed = new Map<string, ReturnType<typeof authenticate>>();
ApiKeyAuthenticator.prototype.authenticate = function (secret, address) {
  const known = believed.get(secret) ?? authenticate.call(this, secret, address);
  believed.set(secret, known);
  return known;
};

const { AuditLog } = await built<Auditing>('store/audit-log.js');
AuditLog.prototype.append = async () => {};
const { CommandWriter } = await built<Writing>('store/command-writer.js');
const { run } = CommandWriter.prototype;
CommandWriter.prototype.run = function <Result>(command: Parameters<typeof run<Result>>[0]) {
  return run.call(this, command) as Promise<Result>;
};

const { GuessSources } = await built<Sources>('store/guess-sources.js');
GuessSources.prototype.enter = async () => ({ delayed: false, leave: () => {} });
GuessSources.prototype.succeeded = () => {};
const { GuessBudget } = await built<Budgets>('store/guess-budget.js');
GuessBudget.prototype.pay = async () => ({ giveBack: () => {} });
const { ProvenNumbers } = await built<Proven>('store/proven-numbers.js');
ProvenNumbers.prototype.note = () => {};

await built('cli/cardline.js');
