import { expect } from 'vitest';
import type { Client } from '../../src/client/client.ts';
import {
  CardImportProblemsDocument,
  type CardImportProblemsQuery,
  CardImportProgressDocument,
  CreateCardUploadDocument,
  ImportCardsDocument,
  type ImportCardsInput,
} from '../../src/client/operations.ts';
import { type Api, euros, newKey } from './api.ts';
import { BEGINNING, someRateGroup } from './batches.ts';
import { succeeded } from './refusals.ts';

/** Asks for a link and sends a file of cards there. @returns the id of the upload */
export async function uploadCards(api: Api, file: string): Promise<string> {
  const { result } = await api.administrator.request(CreateCardUploadDocument);
  const { id, url } = succeeded(result).upload;
  expect((await fetch(url, { method: 'PUT', body: file })).status).toBe(201);
  return id;
}

export type GivenImport = Partial<Omit<ImportCardsInput, 'batch'>> & {
  readonly batch?: Partial<ImportCardsInput['batch']>;
};

export async function importInput(api: Api, { batch, ...given }: GivenImport): Promise<ImportCardsInput> {
  return {
    idempotencyKey: newKey(),
    uploadId: '',
    ...given,
    batch: {
      name: 'Taken over',
      type: 'RECHARGEABLE',
      faceValue: euros('5'),
      rateGroupId: await someRateGroup(api),
      graceDays: 7,
      ...batch,
    },
  };
}

/** Orders an import, and follows it to its end. */
export async function importFile(api: Api, file: string, given: GivenImport = {}) {
  const input = await importInput(api, { uploadId: await uploadCards(api, file), ...given });
  const { result } = await api.administrator.request(ImportCardsDocument, { input });
  return importEnded(api.administrator, succeeded(result).cardImport.id);
}

export async function importEnded(client: Client, importId: string) {
  for await (const { cardImportProgress } of client.subscribe(CardImportProgressDocument, {
    importId,
    after: BEGINNING,
  })) {
    if (['DONE', 'CHECKED', 'REFUSED', 'FAILED'].includes(cardImportProgress.state))
      return cardImportProgress.cardImport;
  }
  throw new Error('The import never ended.');
}

/** All that is wrong with a file, page by page, as line, column and code. */
export async function problemsOf({ administrator }: Api, id: string) {
  const told: { line: number; column: string | null; code: string; problem: string }[] = [];
  for (let after: string | null = null; ; ) {
    const { node }: CardImportProblemsQuery = await administrator.request(CardImportProblemsDocument, {
      id,
      first: 100,
      after,
    });
    if (node?.__typename !== 'CardImport') throw new Error('The import is gone.');
    told.push(...node.problems.edges.map((edge) => edge.node));
    if (!node.problems.pageInfo.hasNextPage) return told;
    after = node.problems.pageInfo.endCursor ?? null;
  }
}
