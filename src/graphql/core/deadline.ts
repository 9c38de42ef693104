import { defaultFieldResolver, GraphQLError, type GraphQLSchema, isObjectType } from 'graphql';

/** Thrown instead of going on with an operation whose time is over. Its answer was given already, or will be this. */
export class OperationTimeout extends GraphQLError {
  constructor() {
    super('The time of this operation is over.', { extensions: { code: 'OPERATION_TIMEOUT' } });
  }
}

/** Until when an operation may begin something new. */
export class Deadline {
  readonly #endsAt: number;
  #hasStopped = false;

  /** @param seconds from now */
  constructor(seconds: number) {
    this.#endsAt = performance.now() + seconds * 1_000;
  }

  /** Whether anything was not begun because it was too late. */
  get hasStopped(): boolean {
    return this.#hasStopped;
  }

  /** @throws OperationTimeout when time is over */
  refuseLate(): void {
    if (performance.now() < this.#endsAt) return;
    this.#hasStopped = true;
    throw new OperationTimeout();
  }
}

/** Has no resolver begin when its operation's time is over: what nobody waits for costs nothing more. */
export function stopLateResolvers(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context: { deadline?: Deadline | undefined }, info) => {
        context.deadline?.refuseLate();
        return resolve(source, args, context, info);
      };
    }
  }
  return schema;
}
