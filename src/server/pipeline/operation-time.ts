import { type ExecutionArgs, type ExecutionResult, getOperationAST, OperationTypeNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { Deadline } from '../../graphql/core/deadline.ts';
import { requestError } from '../../graphql/core/error-codes.ts';
import type { RequestContext } from '../authentication/request-context.ts';

type Run = (args: ExecutionArgs) => unknown;

/**
 * Ends an operation after a time limit: it responds with an error and starts nothing more. What was sent to the database
 * by then is carried out; a retry with the mutation's idempotency key returns the result.
 */
export function useOperationTime(seconds: number): Plugin<RequestContext> {
  const limited =
    (run: Run): Run =>
    (args) => {
      const deadline = new Deadline(seconds);
      Object.assign(args.contextValue as RequestContext, { deadline });
      return within(seconds, run(args), deadline, () => timeout(args, seconds));
    };
  const opened =
    (run: Run): Run =>
    (args) =>
      // Only opening a subscription has a time limit; its events continue as long as it is open.
      within(seconds, run(args), undefined, () => timeout(args, seconds));
  return {
    onExecute: ({ executeFn, setExecuteFn }) => setExecuteFn(limited(executeFn as Run) as typeof executeFn),
    onSubscribe: ({ subscribeFn, setSubscribeFn }) =>
      setSubscribeFn(opened(subscribeFn as Run) as typeof subscribeFn),
  };
}

function within(
  seconds: number,
  answer: unknown,
  deadline: Deadline | undefined,
  timedOut: () => ExecutionResult,
): unknown {
  // Work that keeps this process busy delays its timers too.
  const whole = (result: unknown) => (deadline?.hasStopped ? timedOut() : result);
  if (!(answer instanceof Promise)) return whole(answer);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(timedOut()), seconds * 1_000);
    answer.then(
      (result) => {
        clearTimeout(timer);
        resolve(whole(result));
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

function timeout({ document, operationName }: ExecutionArgs, seconds: number): ExecutionResult {
  const isMutation = getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION;
  const advice = isMutation
    ? 'Part of it may have been carried out, and no more of it will be: send it again with the same idempotency key, or look.'
    : 'Ask for less at once.';
  const message = `The operation took longer than ${seconds} s. ${advice}`;
  return { errors: [requestError('OPERATION_TIMEOUT', message)] };
}
