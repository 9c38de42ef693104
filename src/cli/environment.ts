import { loadEnvFile } from '../server/settings/settings.ts';

/**
 * Imported before anything else, because libraries read NODE_ENV when they are loaded: GraphQL's development checks take
 * a quarter of the time of a recharge. Without NODE_ENV the server runs in the fast mode but still offers GraphiQL; with
 * an explicit `production` it offers neither GraphiQL nor introspection.
 */
loadEnvFile();

/** Whether NODE_ENV was explicitly set to production. */
export const isCalledProduction = process.env.NODE_ENV === 'production';

if (!process.env.NODE_ENV) {
  process.env.NODE_ENV = 'production';
  process.env.GRAPHIQL ||= 'true';
  process.env.INTROSPECTION ||= 'everyone';
}
