import type { CodegenConfig } from '@graphql-codegen/cli';

/** `npm run generate` makes the typed client that the tests and the demo use, from the schema and their operations. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: 'src/client/*.graphql',
  generates: {
    'src/client/operations.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        skipTypename: false,
        avoidOptionals: false,
        scalars: {
          DateTime: 'string',
          Decimal: 'string',
          CurrencyCode: 'string',
          PhoneNumber: 'string',
          Cursor: 'string',
          ID: 'string',
        },
      },
    },
  },
  hooks: { afterAllFileWrite: ['biome check --write'] },
};

export default config;
