import { ask } from './api.ts';
import { untilReady } from './ground.ts';
import type { BenchServer } from './server.ts';

/** A card as its print file has it. */
export interface PrintedCaller {
  readonly serial: string;
  readonly pin: string;
}

export async function switchKey(server: BenchServer): Promise<string> {
  const { createApiKey } = await ask<{ createApiKey: { secret: string } }>(
    server,
    'mutation { createApiKey(input: { name: "Switch", role: SWITCH }) { ... on CreateApiKeyPayload { secret } } }',
  );
  return createApiKey.secret;
}

/** A batch of active cards, and some of them from its print file. */
export async function makeCallers(
  server: BenchServer,
  { rateGroupId, cards, callers }: { rateGroupId: string; cards: number; callers: number },
): Promise<PrintedCaller[]> {
  const { createCardBatch } = await ask<{ createCardBatch: { cardBatch: { id: string } } }>(
    server,
    'mutation ($input: CreateCardBatchInput!) { createCardBatch(input: $input) { ... on CreateCardBatchPayload { cardBatch { id } } } }',
    {
      input: {
        name: 'Callers',
        type: 'STANDARD',
        quantity: cards,
        faceValue: { amount: '50', currency: 'EUR' },
        rateGroupId,
      },
    },
  );
  const { id } = createCardBatch.cardBatch;
  await untilReady(server, id);
  await ask(server, 'mutation ($id: ID!) { activateCards(cards: { batchId: $id }) { __typename } }', { id });
  const { exportCardBatch } = await ask<{ exportCardBatch: { download: { url: string } } }>(
    server,
    'mutation ($id: ID!) { exportCardBatch(id: $id) { ... on ExportCardBatchPayload { download { url } } } }',
    { id },
  );
  const file = await (await fetch(exportCardBatch.download.url)).text();
  const lines = file.split('\r\n').slice(1, callers + 1);
  return lines.map((line) => {
    const [serial = '', pin = ''] = line.split(',');
    return { serial, pin };
  });
}
