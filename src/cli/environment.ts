import { loadEnvFile } from '../server/settings/settings.ts';

/**
 * Imported before anything else, because libraries look at NODE_ENV when they are loaded: GraphQL's checks for mistakes
 * of developers take a quarter of the time of a recharge. Who names no environment has the fast one, and the
 * page to try things on all the same; who says `production` himself has neither page nor introspection.
 */
loadEnvFile();

/** Whether somebody called this environment production: what runs here matters then. */
export const isCalledProduction = process.env.NODE_ENV === 'production';

if (!process.env.NODE_ENV) {
  process.env.NODE_ENV = 'production';
  process.env.GRAPHIQL ||= 'true';
  process.env.INTROSPECTION ||= 'everyone';
}
