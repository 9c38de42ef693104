import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { z } from 'zod';
import { requestError } from '../../graphql/core/error-codes.ts';
import type { Settings } from '../settings/settings.ts';
import { UsageError } from '../settings/usage-error.ts';

/** The documents by their SHA-256, in hexadecimal. */
const DocumentFile = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string().min(1));

/**
 * Replaces the hash that a client sent by its document: `documentId` ("sha256:…" or the digits alone), as in the working
 * draft of GraphQL over HTTP, or `extensions.persistedQuery.sha256Hash`, as sent by Apollo's clients.
 *
 * @throws GraphQLError for a hash that is not in the list, or for a document when only hashes are accepted.
 */
export type ResolveDocument = (params: GraphQLParams) => GraphQLParams;

/** @throws UsageError when the file can't be read, or a document does not match its hash. */
export function trustedDocuments({
  trustedDocuments: file,
  trustedDocumentsOnly,
}: Pick<Settings, 'trustedDocuments' | 'trustedDocumentsOnly'>): ResolveDocument {
  if (file === undefined) return (params) => params;
  const documents = readDocuments(file);
  return (params) => {
    const hash = hashIn(params);
    if (hash === undefined && !trustedDocumentsOnly) return params;
    const query = hash === undefined ? undefined : documents.get(hash);
    if (query !== undefined) return { ...params, query };
    const message = 'This server runs only the documents in its list: send the hash of one of them.';
    throw requestError('DOCUMENT_NOT_TRUSTED', message);
  };
}

/** For requests over HTTP and SSE. */
export function useTrustedDocuments(resolve: ResolveDocument): Plugin {
  return {
    onParams: ({ params, setParams, setResult }) => {
      try {
        setParams(resolve(params));
      } catch (error) {
        setResult({ errors: [error as GraphQLError] });
        // Yoga's next check would complain about a missing document.
        setParams({ query: '{ __typename }' });
      }
    },
  };
}

function readDocuments(file: string): ReadonlyMap<string, string> {
  let documents: Record<string, string>;
  try {
    documents = DocumentFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new UsageError(
      `TRUSTED_DOCUMENTS: ${file} can not be read as a JSON object of documents by their SHA-256.`,
    );
  }
  for (const [hash, text] of Object.entries(documents)) {
    if (createHash('sha256').update(text).digest('hex') === hash) continue;
    throw new UsageError(`TRUSTED_DOCUMENTS: ${hash} in ${file} is not the SHA-256 of its document.`);
  }
  return new Map(Object.entries(documents));
}

function hashIn(params: GraphQLParams): string | undefined {
  const { documentId } = params as { documentId?: unknown };
  if (typeof documentId === 'string') return documentId.replace(/^sha256:/, '');
  const { sha256Hash } = (params.extensions?.persistedQuery ?? {}) as { sha256Hash?: unknown };
  return typeof sha256Hash === 'string' ? sha256Hash : undefined;
}
