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
import type { Ticket } from '../../realtime/broadcasts.ts';
import { mapped } from '../../realtime/mapped.ts';
import { newProgress, type Progress } from '../../realtime/progress.ts';
import { OPEN_GATE, type RequestContext } from '../authentication/request-context.ts';
import { formatError, UNAVAILABLE } from '../pipeline/masked-errors.ts';

/** A result of a subscription, masked, as JSON. */
export interface SharedResult extends Message {
  /** Whether it says that the database is away. */
  readonly isAway: boolean;
}

/** What the pipeline's context holds of an operation. */
type Context = RequestContext & { readonly params: object };

/**
 * Lets a subscription that was opened be told together with others of the same operation, variables and rights. Each is
 * opened for itself, so that limits, rights and refusals are its own; what is told then is one execution's. Undefined
 * for one that does not follow the log: each execution of it is another.
 */
export function ticketOf(
  pipeline: YogaServerInstance<RequestContext, object>,
  args: ExecutionArgs,
  results: AsyncIterable<ExecutionResult>,
): Ticket<SharedResult> | undefined {
  const { viewer, requestId, address, transport, progress, params } = args.contextValue as Context;
  if (progress?.position === undefined) return undefined;
  // Who asks again was let in before.
  const reopen = async (after: bigint) => {
    const own = { viewer, requestId, address, ...(transport && { transport }) };
    const caller = { ...own, progress: newProgress(after), stream: OPEN_GATE };
    const { subscribe, contextFactory } = pipeline.getEnveloped({ ...caller, params });
    const again = await subscribe({ ...args, contextValue: await contextFactory() });
    if (isAsyncIterable<ExecutionResult>(again)) return sourceOf(again, caller.progress);
    throw again.errors?.[0] ?? new Error('A subscription was opened again and gave a single result.');
  };
  return { key: keyOf(args), source: sourceOf(results, progress), reopen };
}

function sourceOf(results: AsyncIterable<ExecutionResult>, progress: Progress): Source<SharedResult> {
  const position = () => progress.position ?? 0n;
  return {
    after: position(),
    // One event is under way at a time: the last that was handed out is the one that this result is of.
    messages: mapped(results[Symbol.asyncIterator](), (result) => shared(result, position())),
  };
}

function shared({ errors, ...result }: ExecutionResult, position: bigint): SharedResult {
  const told = errors ? { ...result, errors: errors.map(formatError) } : result;
  return {
    position,
    bytes: Buffer.from(JSON.stringify(told)),
    isAway: errors?.some(({ extensions }) => extensions.code === UNAVAILABLE) === true,
  };
}

/** All that decides what is told, and nothing that decides only where it begins. */
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
  const wanted = after.name.value;
  let uses = 0;
  visit(document, {
    Variable: ({ name }) => {
      if (name.value === wanted) uses += 1;
    },
  });
  // Where it is declared, and where it is used.
  return uses === 2 ? wanted : undefined;
}
