const RESULT_TYPES = ['application/graphql-response+json', 'application/json'] as const;

export type ResultType = (typeof RESULT_TYPES)[number];

/** What clients usually accept, and nothing that a page, a stream or a multipart answer could satisfy better. */
const PLAIN = new Set(['*/*', 'application/*', ...RESULT_TYPES]);

/**
 * The type that Yoga would answer in: the first one accepted, and `application/json` where anything will do. Undefined
 * when the header needs more than this to be understood.
 */
export function negotiate(accept: string | undefined): ResultType | undefined {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return 'application/json';
  const types = accept.toLowerCase().replace(/\s/g, '').split(',');
  if (!types.every((type) => PLAIN.has(type))) return undefined;
  return types[0] === 'application/graphql-response+json' ? types[0] : 'application/json';
}

/** The type of a body, without its parameters. */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
