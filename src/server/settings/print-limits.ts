import { writeFileSync } from 'node:fs';
import { MAX_BATCH_QUANTITY } from '../../domain/batches/card-batch.ts';
import { MAX_BULK_ROWS } from '../../domain/cards/bulk-file.ts';
import { MAX_CARD_ROWS } from '../../domain/imports/card-file.ts';
import { MAX_DECK_ROWS } from '../../domain/rates/deck/rate-deck.ts';
import { CallRefused } from '../../domain/rejections/calls.ts';
import type { Rejection, RejectionClass } from '../../domain/rejections/rejection.ts';
import { MAX_REPORTS } from '../../graphql/calls/bulk-call-reports.ts';
import { MAX_ROWS } from '../../graphql/cards/bulk-rows.ts';
import { REQUEST_ERRORS } from '../../graphql/core/error-codes.ts';
import { registeredRejections } from '../../graphql/core/errors.ts';
import { LIST_PAGE, MAX_NODES } from '../../graphql/core/page-sizes.ts';
import { schema } from '../../graphql/schema.ts';
import { WATCHED_CARDS_LIMIT } from '../../graphql/subscriptions/watching.ts';
import { SELECTION_LIMIT } from '../../store/cards/card-selection.ts';
import { UPLOAD_LIMITS } from '../../store/files/uploads.ts';
import { QUEUE_LIMIT } from '../../store/writer/command-writer.ts';
import { MAX_DOCUMENT_LENGTH, MAX_FRAGMENTS, MAX_LINES, MAX_NESTING } from '../pipeline/document-limits.ts';
import { MAX_ERRORS, MAX_MESSAGE, MAX_VARIABLE_ERRORS } from '../pipeline/error-redaction.ts';
import { MAX_FIELDS } from '../pipeline/operation-limits.ts';
import { CLOSE_CODES, type CloseCode } from '../websocket/close-codes.ts';
import { MAX_OPERATIONS } from '../websocket/web-socket-transport.ts';
import { variablesIn } from './variable-forms.ts';
import { TOPICS } from './variables.ts';

// For `npm run generate`: writes docs/limits.md from the tables and constants that the server uses.

type Row = readonly (string | number)[];

const FIXED: readonly Row[] = [
  [
    'a document',
    `${counted(MAX_DOCUMENT_LENGTH)} characters, ${counted(MAX_LINES)} lines`,
    'OPERATION_TOO_LARGE',
  ],
  ['fragments of a document', MAX_FRAGMENTS, 'OPERATION_TOO_LARGE'],
  ['nested brackets, in a document or a variable', MAX_NESTING, 'OPERATION_TOO_LARGE'],
  ['fields of an operation, with fragments expanded', MAX_FIELDS, 'OPERATION_TOO_LARGE'],
  ['errors reported for a document; of these for variables', `${MAX_ERRORS}; ${MAX_VARIABLE_ERRORS}`, ''],
  ['characters of an error message', MAX_MESSAGE, ''],
  ['operations at once on a WebSocket', MAX_OPERATIONS, 'TOO_MANY_OPERATIONS'],
  [
    'items of a page; if `first` and `last` are omitted',
    `${LIST_PAGE.longest}; ${LIST_PAGE.usual}`,
    'BAD_USER_INPUT',
  ],
  ['ids of `nodes`', MAX_NODES, 'BAD_USER_INPUT'],
  ['cards of one subscription (`cardIds`)', WATCHED_CARDS_LIMIT, 'INVALID_INPUT'],
  ['rows of a list of recharges, locks and other changes of cards', MAX_ROWS, 'INVALID_INPUT'],
  ['reports of `reportCalls`', MAX_REPORTS, 'INVALID_INPUT'],
  ['cards changed by one bulk operation', SELECTION_LIMIT, 'TOO_MANY_CARDS'],
  ['cards of a batch', MAX_BATCH_QUANTITY, 'INVALID_INPUT'],
  ['rows of a file of changes (command line)', MAX_BULK_ROWS, ''],
  [
    'a rate deck',
    `${counted(MAX_DECK_ROWS)} rows, ${mebibytes(UPLOAD_LIMITS.UPLOAD_RATES)}`,
    'RATE_DECK_REFUSED',
  ],
  ['a file of cards', `${counted(MAX_CARD_ROWS)} rows, ${mebibytes(UPLOAD_LIMITS.UPLOAD_CARDS)}`, ''],
  [
    'waiting commands that change money or cards; of these of one partner',
    `${counted(QUEUE_LIMIT)}; a quarter`,
    'OVERLOADED',
  ],
];

function counted(value: number): string {
  return value.toLocaleString('en-US');
}

function mebibytes(bytes: number): string {
  return `${bytes / 1_048_576} MiB`;
}

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row) =>
    `| ${cells.map((cell) => (typeof cell === 'number' ? counted(cell) : cell)).join(' | ')} |\n`;
  return `${line(head)}|${head.map(() => '---|').join('')}\n${rows.map(line).join('')}`;
}

const code = (text: string) => (text === '' ? '' : `\`${text}\``);
const yesOrNo = (is: boolean) => (is ? 'yes' : 'no');

function settings(): string {
  const topics = [
    'Limits of one request',
    'Requests, connections and uploads at once',
    'Connections and shutdown',
  ] as const;
  const rowsOf = (topic: (typeof topics)[number]) =>
    variablesIn(TOPICS[topic]).map(({ variable, usual, otherwise, about }) => [
      code(variable),
      otherwise ?? code(usual),
      about,
    ]);
  return topics
    .map((topic) => `### ${topic}\n\n${table(['setting', 'default', 'what it limits'], rowsOf(topic))}`)
    .join('\n');
}

/** Stands for whatever data a rejection has: only its class's `retryable` matters here. */
const anyValue: unknown = new Proxy(() => {}, {
  get: (_target, name) => (name === Symbol.toPrimitive ? () => 3_600 : anyValue),
  apply: () => anyValue,
});

function isRetryable(Class: RejectionClass): string {
  if (Class === (CallRefused as unknown)) return `for ${CallRefused.retryableReasons.map(code).join(', ')}`;
  const rejection: Rejection = new Class(anyValue as never);
  return yesOrNo(rejection.retryable);
}

function rejections(): string {
  const { ErrorCode } = schema.getTypeMap();
  const descriptions = new Map(
    ErrorCode && 'getValues' in ErrorCode
      ? ErrorCode.getValues().map(({ name, description }) => [name, description])
      : [],
  );
  const rows = new Map(
    registeredRejections.map((Class) => [
      Class.code,
      [code(Class.code), isRetryable(Class), descriptions.get(Class.code) ?? ''],
    ]),
  );
  return table(
    ['`code`', '`retryable`', 'what it means'],
    [...rows].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row),
  );
}

const requestErrors = Object.entries(REQUEST_ERRORS).map(([name, { status, retryable, about }]) => [
  code(name),
  name === 'TOO_MANY_OPERATIONS' ? 'WebSocket only' : String(status),
  yesOrNo(retryable),
  about,
]);
const closeCodes = Object.values<CloseCode>(CLOSE_CODES).map(({ code: number, about, reconnects }) => [
  String(number),
  about,
  reconnects ? 'reconnects' : 'gives up',
]);

writeFileSync(
  'docs/limits.md',
  `# Limits and codes

This page is generated from the tables that the server uses (\`npm run generate\`).

## Limits with a setting

[settings.md](settings.md) lists the values that each setting may have.

${settings()}
## Limits without a setting

${table(
  ['what', 'at most', 'beyond that'],
  FIXED.map(([what = '', most = '', beyond = '']) => [what, most, code(String(beyond))]),
)}
## Errors of the request

They are in \`errors\`, with the code in \`extensions.code\`. The status is that of an answer over HTTP with
\`Accept: application/json\`; over WebSocket and within a stream there is none. \`extensions.retryable\` is present when it is
true: the same request may succeed later.

${table(['`extensions.code`', 'status', 'retryable', 'what it means'], requestErrors)}
## Errors as data

A mutation returns them in its union; a query or a subscription has them in \`errors\`, also with \`retryable\`.

${rejections()}
## Close codes of a WebSocket

${table(['code', 'why', 'what the graphql-ws client does'], closeCodes)}`,
);
