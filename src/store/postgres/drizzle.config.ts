import { defineConfig } from 'drizzle-kit';

/** For `npm run generate`: writes a migration to drizzle/ for every change of src/store/schema/. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/store/schema/*.ts',
  out: './drizzle',
});
