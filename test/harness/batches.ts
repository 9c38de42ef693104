import {
  CardBatchProgressDocument,
  CreateCardBatchDocument,
  type CreateCardBatchInput,
  ExportCardBatchDocument,
  RateGroupsDocument,
} from '../../src/client/operations.ts';

import { type Api, euros } from './api.ts';
import { cursorAt } from './positions.ts';
import { succeeded } from './refusals.ts';

/** Who orders, follows and exports. */
type Operator = Pick<Api, 'administrator'>;

/** Before the first event. */
export const BEGINNING = cursorAt(0n);

export interface PrintedCard {
  readonly serial: string;
  readonly pin: string;
}

/** Any rate group in EUR. */
export async function someRateGroup({ administrator }: Operator): Promise<string> {
  const { rateGroups } = await administrator.request(RateGroupsDocument, { first: 1 });
  return rateGroups.edges[0]?.node.id ?? '';
}

/** Orders a batch as an operator does. */
export async function orderBatch(api: Operator, given: Partial<CreateCardBatchInput> = {}) {
  const rateGroupId = await someRateGroup(api);
  return api.administrator.request(CreateCardBatchDocument, {
    input: {
      name: 'Summer',
      type: 'RECHARGEABLE',
      quantity: 8,
      faceValue: euros('5'),
      rateGroupId,
      ...given,
    },
  });
}

/** Follows the making of a batch to its end. */
export async function batchEnded({ administrator }: Operator, batchId: string) {
  const steps = [];
  for await (const { cardBatchProgress } of administrator.subscribe(CardBatchProgressDocument, {
    batchId,
    after: BEGINNING,
  })) {
    steps.push(cardBatchProgress);
    if (!['PENDING', 'GENERATING'].includes(cardBatchProgress.state)) break;
  }
  return steps;
}

/** The print file of a batch, by its one-time link. */
export async function printedCards(api: Operator, id: string): Promise<PrintedCard[]> {
  const { result } = await api.administrator.request(ExportCardBatchDocument, { id });
  const file = await fetch(succeeded(result).download?.url ?? '');
  const [, ...lines] = (await file.text()).trim().split('\r\n');
  return lines.map((line) => {
    const [serial = '', pin = ''] = line.split(',');
    return { serial, pin };
  });
}
