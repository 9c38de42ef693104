import {
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  getOperationAST,
  OperationTypeNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';

type Run = (args: ExecutionArgs) => unknown;

/**
 * Ends the waiting for an operation after a time. What it began may still be carried out: PostgreSQL has limits of its
 * own, and the answer says what to do.
 */
export function useOperationTime(seconds: number): Plugin {
  const limited =
    (run: Run): Run =>
    (args) =>
      within(seconds, run(args), () => timeout(args, seconds));
  return {
    onExecute: ({ executeFn, setExecuteFn }) => setExecuteFn(limited(executeFn as Run) as typeof executeFn),
    onSubscribe: ({ subscribeFn, setSubscribeFn }) =>
      setSubscribeFn(limited(subscribeFn as Run) as typeof subscribeFn),
  };
}

function within(seconds: number, answer: unknown, timedOut: () => ExecutionResult): unknown {
  if (!(answer instanceof Promise)) return answer;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(timedOut()), seconds * 1_000);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function timeout({ document, operationName }: ExecutionArgs, seconds: number): ExecutionResult {
  const isMutation = getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION;
  const advice = isMutation
    ? 'Whether it was carried out is not known: send it again with the same idempotency key, or look.'
    : 'Ask for less at once.';
  const message = `The operation took longer than ${seconds} s. ${advice}`;
  return { errors: [new GraphQLError(message, { extensions: { code: 'OPERATION_TIMEOUT' } })] };
}
