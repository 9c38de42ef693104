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
import { mapped } from '../../realtime/mapped-stream.ts';
import { OPEN_GATE, type RequestContext } from '../authentication/request-context.ts';
import { formatError, UNAVAILABLE } from '../pipeline/masked-errors.ts';
import { beginningOf, positionOf } from './positioned-results.ts';

/** A result of a subscription, masked, as JSON. */
export interface SharedResult extends Message {
  /** Whether it reports that the database is unavailable. */
  readonly isAway: boolean;
}

/** The pipeline's context of an operation. */
type Context = RequestContext & { readonly params: object };

/**
 * Lets an opened subscription share one execution with others of the same operation, variables and rights. Each is opened
 * individually, so that limits, rights and refusals are its own. Undefined for a subscription without positions: its
 * executions differ.
 */
export function sharedExecutionOf(
  pipeline: YogaServerInstance<RequestContext, object>,
  args: ExecutionArgs,
  results: AsyncIterable<ExecutionResult>,
): SharedExecution<SharedResult> | undefined {
  const { viewer, requestId, address, transport, params } = args.contextValue as Context;
  const beginning = beginningOf(args.contextValue as Context);
  if (beginning === undefined) return undefined;
  // The subscription was admitted when it was first opened.
  const reopen = async (after: bigint) => {
    const own = { viewer, requestId, address, ...(transport && { transport }) };
    const context = { ...own, resumeAfter: after, stream: OPEN_GATE };
    const { subscribe, contextFactory } = pipeline.getEnveloped({ ...context, params });
    const contextValue = await contextFactory();
    const again = await subscribe({ ...args, contextValue });
    if (isAsyncIterable<ExecutionResult>(again)) return sourceOf(again, beginningOf(contextValue) ?? after);
    throw again.errors?.[0] ?? new Error('A subscription was opened again and gave a single result.');
  };
  return { key: keyOf(args), source: sourceOf(results, beginning), reopen };
}

function sourceOf(results: AsyncIterable<ExecutionResult>, after: bigint): Source<SharedResult> {
  return { after, messages: mapped(results[Symbol.asyncIterator](), shared) };
}

function shared(whole: ExecutionResult): SharedResult {
  const { errors, ...result } = whole;
  const formatted = errors ? { ...result, errors: errors.map(formatError) } : result;
  return {
    position: positionOf(whole),
    bytes: Buffer.from(JSON.stringify(formatted)),
    isAway: errors?.some(({ extensions }) => extensions.code === UNAVAILABLE) === true,
  };
}

/** Everything that determines the results, except where they begin. */
function keyOf({ document, operationName, variableValues, contextValue }: ExecutionArgs): string {
  const { [afterVariableOf(document, operationName) ?? '']: _beginning, ...variables } = variableValues ?? {};
  const text = document.loc?.source.body ?? print(document);
  const { viewer } = contextValue as Context;
  const parts = JSON.stringify([text, operationName ?? null, variables, rightsOf(viewer)]);
  return createHash('sha256').update(parts).digest('base64');
}

const afterVariables = new WeakMap<DocumentNode, Map<string, string | undefined>>();

function afterVariableOf(
  document: DocumentNode,
  operationName: string | null | undefined,
): string | undefined {
  const known = afterVariables.get(document) ?? new Map<string, string | undefined>();
  afterVariables.set(document, known);
  const name = operationName ?? '';
  if (!known.has(name)) known.set(name, findAfterVariable(document, operationName));
  return known.get(name);
}

/** The variable that is the subscription's `after` and nothing else. */
function findAfterVariable(
  document: DocumentNode,
  operationName: string | null | undefined,
): string | undefined {
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
