const RESULT_TYPES = ['application/graphql-response+json', 'application/json'] as const;

export type ResultType = (typeof RESULT_TYPES)[number];

/** What a client accepts: a single result, and in which type, and a stream of events. */
export interface Accepted {
  readonly result: ResultType | undefined;
  readonly stream: boolean;
}

const ANYTHING: Accepted = { result: 'application/json', stream: true };
const JSON_ONLY: Accepted = { result: 'application/json', stream: false };

/** Ranges that admit a result as JSON. There are no multipart responses, since nothing is deferred. */
const RESULT_RANGES: Readonly<Record<string, ResultType>> = {
  'application/graphql-response+json': 'application/graphql-response+json',
  'application/json': 'application/json',
  'application/*': 'application/json',
  '*/*': 'application/json',
};
const STREAM_RANGES: ReadonlySet<string> = new Set(['text/event-stream', 'text/*', '*/*']);

/**
 * What an `Accept` header admits (RFC 9110, 12.5.1). Of the two JSON types the first one named is sent, as in Yoga, and
 * `application/json` when any type is accepted. The operation decides whether a result or a stream is sent.
 */
export function accepted(accept: string | undefined): Accepted {
  if (accept === undefined || accept === '*/*') return ANYTHING;
  if (accept === 'application/json') return JSON_ONLY;
  const ranges = accept.toLowerCase().split(',').flatMap(rangeIn);
  const result = ranges.flatMap((range) => RESULT_RANGES[range] ?? [])[0];
  return { result, stream: ranges.some((range) => STREAM_RANGES.has(range)) };
}

/** A media range without its parameters; empty for one of weight zero or with a charset other than ours. */
function rangeIn(text: string): string[] {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim());
  const isOurs = parameters.every((parameter) => {
    const [name = '', value = ''] = parameter.split('=').map((part) => part.trim());
    return name === 'q' ? Number(value) !== 0 : name !== 'charset' || value === 'utf-8';
  });
  return isOurs ? [range] : [];
}

/** The type of a body, without its parameters. */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
