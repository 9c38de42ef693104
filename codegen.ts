import type { CodegenConfig } from '@graphql-codegen/cli';

/** `npm run generate` makes the typed operations that the tests and the demo use, from the schema and *.graphql. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: 'src/client/*.graphql',
  generates: {
    'src/client/operations.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        // Texts, not syntax trees: a client sends them as they are and needs no GraphQL library.
        documentMode: 'string',
        useTypeImports: true,
        strictScalars: true,
        scalars: {
          Date: 'string',
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
};

export default config;
