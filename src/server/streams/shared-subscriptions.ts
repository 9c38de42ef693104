import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  Kind,
  print,
  visit,
} from 'graphql';
import { isAsyncIterable, type YogaServerInstance } from 'graphql-yoga';
import { rightsOf } from '../../graphql/core/context.ts';
import type { Message, Source } from '../../realtime/broadcast.ts';
import type { SharedExecution } from '../../realtime/broadcasts.ts';
import { mapped } from '../../realtime/mapped.ts';
import { newProgress, type Progress } from '../../realtime/progress.ts';
import { OPEN_GATE, type RequestContext } from '../authentication/request-context.ts';
import { formatError, UNAVAILABLE } from '../pipeline/masked-errors.ts';

/** A result of a subscription, masked, as JSON. */
export interface SharedResult extends Message {
  /** Whether it reports that the database is unavailable. */
  readonly isAway: boolean;
}

/** The pipeline's context of an operation. */
type Context = RequestContext & { readonly params: object };

/**
 * Lets an opened subscription share one execution with others of the same operation, variables and rights. Each is opened
 * individually, so that limits, rights and refusals are its own. Undefined for a subscription that does not follow the
 * log: its executions differ.
 */
export function sharedExecutionOf(
  pipeline: YogaServerInstance<RequestContext, object>,
  args: ExecutionArgs,
  results: AsyncIterable<ExecutionResult>,
): SharedExecution<SharedResult> | undefined {
  const { viewer, requestId, address, transport, progress, params } = args.contextValue as Context;
  if (progress?.position === undefined) return undefined;
  // The subscription was admitted when it was first opened.
  const reopen = async (after: bigint) => {
    const own = { viewer, requestId, address, ...(transport && { transport }) };
    const context = { ...own, progress: newProgress(after), stream: OPEN_GATE };
    const { subscribe, contextFactory } = pipeline.getEnveloped({ ...context, params });
    const again = await subscribe({ ...args, contextValue: await contextFactory() });
    if (isAsyncIterable<ExecutionResult>(again)) return sourceOf(again, context.progress);
    throw again.errors?.[0] ?? new Error('A subscription was opened again and gave a single result.');
  };
  return { key: keyOf(args), source: sourceOf(results, progress), reopen };
}

function sourceOf(results: AsyncIterable<ExecutionResult>, progress: Progress): Source<SharedResult> {
  const position = () => progress.position ?? 0n;
  return {
    after: position(),
    // Events are processed one at a time: this result belongs to the last event delivered.
    messages: mapped(results[Symbol.asyncIterator](), (result) => shared(result, position())),
  };
}

function shared({ errors, ...result }: ExecutionResult, position: bigint): SharedResult {
  const formatted = errors ? { ...result, errors: errors.map(formatError) } : result;
  return {
    position,
    bytes: Buffer.from(JSON.stringify(formatted)),
    isAway: errors?.some(({ extensions }) => extensions.code === UNAVAILABLE) === true,
  };
}

/** Everything that determines the results, except where they begin. */
function keyOf({ document, operationName, variableValues, contextValue }: ExecutionArgs): string {
  const { [beginningOf(document, operationName) ?? '']: _beginning, ...variables } = variableValues ?? {};
  const text = document.loc?.source.body ?? print(document);
  const { viewer } = contextValue as Context;
  const parts = JSON.stringify([text, operationName ?? null, variables, rightsOf(viewer)]);
  return createHash('sha256').update(parts).digest('base64');
}

const beginnings = new WeakMap<DocumentNode, Map<string, string | undefined>>();

function beginningOf(document: DocumentNode, operationName: string | null | undefined): string | undefined {
  const known = beginnings.get(document) ?? new Map<string, string | undefined>();
  beginnings.set(document, known);
  const name = operationName ?? '';
  if (!known.has(name)) known.set(name, findBeginning(document, operationName));
  return known.get(name);
}

/** The variable that is the subscription's `after` and nothing else. */
function findBeginning(document: DocumentNode, operationName: string | null | undefined): string | undefined {
  const [field] = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  if (field?.kind !== Kind.FIELD) return undefined;
  const after = field.arguments?.find(({ name }) => name.value === 'after')?.value;
  if (after?.kind !== Kind.VARIABLE) return undefined;
  const variable = after.name.value;
  let uses = 0;
  visit(document, {
    Variable: ({ name }) => {
      if (name.value === variable) uses += 1;
    },
  });
  // Where it is declared, and where it is used.
  return uses === 2 ? variable : undefined;
}
