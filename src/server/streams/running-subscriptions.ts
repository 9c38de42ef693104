import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import { requestError } from '../../graphql/core/error-codes.ts';
import type { Broadcasts } from '../../realtime/broadcasts.ts';
import type { RequestContext } from '../authentication/request-context.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { PushedSubscription, type Sink } from './pushed-subscription.ts';
import { type SharedResult, sharedExecutionOf } from './shared-subscriptions.ts';

type Results = AsyncIterable<ExecutionResult>;

interface Options {
  readonly pipeline: Pipeline;
  readonly broadcasts: Broadcasts<SharedResult>;
  /** Distinct subscriptions per key: each is executed for every event that matches it. */
  readonly maxPerKey: number;
}

/**
 * Active subscriptions of every transport. Those of one key that share an execution count once, however many connections
 * they use.
 */
export class RunningSubscriptions {
  readonly #options: Options;
  readonly #byActor = new Map<string, Map<unknown, number>>();

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * Lets an opened subscription share an execution where possible.
   *
   * @param results of the execution that was opened for it
   * @returns the results to iterate over; or a refusal, and then nothing is left open.
   */
  start(args: ExecutionArgs, results: Results, sink: Sink): Results | GraphQLError {
    const { pipeline, broadcasts } = this.#options;
    const execution = sharedExecutionOf(pipeline, args, results);
    const { viewer } = args.contextValue as RequestContext;
    const release = this.#take(viewer.actorId, execution?.key ?? Symbol('not shared'));
    if (!release) {
      void results[Symbol.asyncIterator]().return?.();
      return this.#tooMany();
    }
    const running = execution ? new PushedSubscription({ broadcasts, execution, sink }) : results;
    return releasing(running[Symbol.asyncIterator](), release);
  }

  #take(actorId: string, key: unknown): (() => void) | undefined {
    const own = this.#byActor.get(actorId) ?? new Map<unknown, number>();
    if (!own.has(key) && own.size >= this.#options.maxPerKey) return undefined;
    this.#byActor.set(actorId, own);
    own.set(key, (own.get(key) ?? 0) + 1);
    return () => {
      const left = (own.get(key) ?? 1) - 1;
      if (left > 0) own.set(key, left);
      else own.delete(key);
      if (own.size === 0 && this.#byActor.get(actorId) === own) this.#byActor.delete(actorId);
    };
  }

  #tooMany(): GraphQLError {
    return requestError(
      'TOO_MANY_SUBSCRIPTIONS',
      `A key has at most ${this.#options.maxPerKey} distinct subscriptions at once: end some, or ask one for several cards.`,
    );
  }
}

/** The same iterator, which calls `release` once when it has ended or was left. */
function releasing<Value>(source: AsyncIterator<Value>, release: () => void): AsyncIterableIterator<Value> {
  let isHeld = true;
  const end = () => {
    if (isHeld) release();
    isHeld = false;
  };
  return {
    next: async () => {
      try {
        const step = await source.next();
        if (step.done) end();
        return step;
      } catch (error) {
        end();
        throw error;
      }
    },
    return: async () => {
      end();
      await source.return?.();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
