import type { Client } from '../../client/client.ts';
import { ExportCardBatchDocument } from '../../client/operations.ts';
import { accepted, DemoFailed } from './failure.ts';

/** The data printed on a card. */
export interface PrintedCard {
  readonly serial: string;
  readonly pin: string;
}

/** Fetches the print file of a batch, over a link that works once. */
export async function fetchPrintFile(operator: Client, batchId: string): Promise<PrintedCard[]> {
  const { result } = await operator.request(ExportCardBatchDocument, { id: batchId });
  const { download } = accepted(result);
  if (!download) throw new DemoFailed('Another administrator must approve the export of the batch.');
  const response = await fetch(download.url);
  if (!response.ok) throw new DemoFailed(`The print file did not come: ${response.status}.`);
  return readPrintFile(await response.text());
}

/** CSV (RFC 4180) without quotes: serials and PINs need none. */
function readPrintFile(csv: string): PrintedCard[] {
  const [, ...lines] = csv.trimEnd().split('\r\n');
  return lines.map((line) => {
    const [serial = '', pin = ''] = line.split(',');
    return { serial, pin };
  });
}
