import { type ExecutionArgs, type ExecutionResult, getOperationAST } from 'graphql';
import { handleStreamOrSingleExecutionResult, type Plugin } from 'graphql-yoga';
import { requestError } from '../../graphql/core/error-codes.ts';
import { replacing } from '../streams/positioned-results.ts';

/**
 * Refuses results larger than this as JSON, over every transport and for each event of a subscription. The size is
 * counted before serialization, and no further than to the limit.
 */
export function useResponseLimit(maxBytes: number): Plugin {
  const limit: Parameters<typeof handleStreamOrSingleExecutionResult>[1] = ({ args, result, setResult }) => {
    if (jsonBytes(result, maxBytes) > maxBytes) setResult(replacing(result, tooLarge(args, maxBytes)));
  };
  return {
    onExecute: () => ({
      onExecuteDone: (payload) => handleStreamOrSingleExecutionResult(payload, limit),
    }),
    onSubscribe: () => ({
      onSubscribeResult: (payload) => handleStreamOrSingleExecutionResult(payload, limit),
    }),
  };
}

function tooLarge({ document, operationName }: ExecutionArgs, maxBytes: number): ExecutionResult {
  const operation = getOperationAST(document, operationName)?.operation;
  const advice =
    operation === 'mutation'
      ? 'It was carried out: send it again with the same idempotency key and ask for less of its answer.'
      : 'Ask for shorter pages or fewer fields.';
  const message = `The answer has more than ${maxBytes} bytes. ${advice}`;
  return { errors: [requestError('RESPONSE_TOO_LARGE', message)] };
}

/** Characters that JSON escapes: quotes, backslashes, control characters and lone surrogates. */
const ESCAPED = /["\\\p{Cc}\p{Cs}]/u;
/** Two quotes and a comma, or a bracket. */
const AROUND = 3;

/** The length of a value as JSON, in bytes; beyond the limit, any number greater than it. */
export function jsonBytes(given: unknown, limit: number): number {
  const open: unknown[] = [given];
  let bytes = 0;
  while (open.length > 0 && bytes <= limit) {
    const value = open.pop();
    if (typeof value === 'string') bytes += textBytes(value) + AROUND;
    else if (typeof value !== 'object' || value === null) bytes += String(value).length + 1;
    else if (Array.isArray(value)) {
      bytes += 3;
      for (const each of value) open.push(each);
    } else {
      bytes += 3;
      const plain = 'toJSON' in value && typeof value.toJSON === 'function' ? value.toJSON() : value;
      if (typeof plain !== 'object' || plain === null) open.push(plain);
      else
        for (const name in plain) {
          bytes += name.length + AROUND;
          open.push((plain as Record<string, unknown>)[name]);
        }
    }
  }
  return bytes;
}

function textBytes(text: string): number {
  return ESCAPED.test(text) ? Buffer.byteLength(JSON.stringify(text)) - 2 : Buffer.byteLength(text);
}
