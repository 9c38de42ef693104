import { defaultFieldResolver, GraphQLError, type GraphQLSchema, isObjectType } from 'graphql';
import { errorExtensions } from './error-codes.ts';

/**
 * Thrown to stop an operation whose deadline has passed. The client has already received this error, or will receive
 * it.
 */
class OperationTimeout extends GraphQLError {
  constructor() {
    super('The time of this operation is over.', {
      extensions: errorExtensions('OPERATION_TIMEOUT'),
    });
  }
}

/** The time after which an operation may start nothing new. */
export class Deadline {
  readonly #endsAt: number;
  #hasStopped = false;

  /** @param seconds from now */
  constructor(seconds: number) {
    this.#endsAt = performance.now() + seconds * 1_000;
  }

  /** Whether anything was skipped because the deadline had passed. */
  get hasStopped(): boolean {
    return this.#hasStopped;
  }

  /** @throws OperationTimeout after the deadline */
  refuseLate(): void {
    if (performance.now() < this.#endsAt) return;
    this.#hasStopped = true;
    throw new OperationTimeout();
  }
}

/**
 * Prevents resolvers from starting after their operation's deadline, so that no work is done for a client that has
 * given up.
 *
 * What a resolver throws becomes a rejection. When an item of a list throws in the same turn in which the executor
 * (graphql 16.15) reaches it, the executor leaves the promises of the items before it to nobody, and Node ends the
 * process when one of them rejects too.
 */
export function stopLateResolvers(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context: { deadline?: Deadline | undefined }, info) => {
        try {
          context.deadline?.refuseLate();
          return resolve(source, args, context, info);
        } catch (error) {
          return Promise.reject(error);
        }
      };
    }
  }
  return schema;
}
