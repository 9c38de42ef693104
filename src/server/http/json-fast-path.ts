import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ExecutionResult } from 'graphql';
import { type GraphQLParams, isAsyncIterable, processRegularResult } from 'graphql-yoga';
import type { RequestContext } from '../authentication/request-context.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { negotiate, type ResultType } from './media-types.ts';

/** All that the pipeline asks of a request: mutations come by POST. Each has its own, since fields are counted by it. */
const newPost = () => ({ method: 'POST' }) as Request;

/** Whether a request is one of the common kind that the short way is for. */
export function isShort({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'POST' &&
    (headers['content-type'] === 'application/json' ||
      headers['content-type'] === 'application/json; charset=utf-8') &&
    headers['content-encoding'] === undefined &&
    Number(headers['content-length']) > 0 &&
    negotiate(headers.accept) !== undefined
  );
}

/**
 * Answers plain JSON POSTs without Yoga's translation to and from the web's Request and Response, which takes longer
 * than all the rest (measured: about 0.3 ms). What is odd about a body, and whatever may become a stream, is left to
 * Yoga, with the body that was read.
 */
export function createShortWay(pipeline: Pipeline) {
  const { getResultForParams } = pipeline;
  return async (
    request: IncomingMessage,
    response: ServerResponse,
    caller: RequestContext,
  ): Promise<void> => {
    const body = await readBody(request);
    const params = readParams(body);
    if (!params) {
      await pipeline(Object.assign(request, { body: Readable.from([body]) }), response, caller);
      return;
    }
    const post = newPost();
    const context = { ...caller, request: post };
    const result = await getResultForParams({ params, request: post }, context);
    const type = negotiate(request.headers.accept) ?? 'application/json';
    if (isPlain(result)) send(response, result, type);
    else await sendByYoga(pipeline, response, result, type);
  };
}

/** The length was declared and found acceptable; Node ends a body there. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', reject);
  });
}

/** The parameters when there is nothing odd about them. */
function readParams(body: Buffer): GraphQLParams | undefined {
  let params: unknown;
  try {
    params = JSON.parse(body.toString());
  } catch {
    return undefined;
  }
  if (!isObject(params)) return undefined;
  const { query, variables, operationName, extensions, ...others } = params;
  if (typeof query !== 'string' || query.includes('subscription') || Object.keys(others).length > 0)
    return undefined;
  if (!isAbsent(variables) && !isObject(variables)) return undefined;
  if (!isAbsent(extensions) && !isObject(extensions)) return undefined;
  if (!isAbsent(operationName) && typeof operationName !== 'string') return undefined;
  return params as GraphQLParams;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

type Result = Awaited<ReturnType<Pipeline['getResultForParams']>>;

/** A result without anything that changes status or headers. */
function isPlain(result: Result): result is ExecutionResult {
  return result !== undefined && !isAsyncIterable(result) && !result.errors && !result.extensions;
}

function send(response: ServerResponse, result: ExecutionResult, type: ResultType): void {
  // A string, since Node writes that together with the head.
  const body = JSON.stringify(result);
  response
    .writeHead(200, {
      'Content-Type': `${type}; charset=utf-8`,
      'Content-Length': Buffer.byteLength(body),
    })
    .end(body);
}

/** Status, headers and form of errors are Yoga's to decide. */
async function sendByYoga(
  { fetchAPI }: Pipeline,
  response: ServerResponse,
  result: Result,
  type: ResultType,
): Promise<void> {
  const answer = processRegularResult(result as ExecutionResult, fetchAPI, type);
  const body = await answer.text();
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(body);
}
