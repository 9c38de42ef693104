/** Maps each value of a stream; `return` reaches the source at once. */
export function mapped<From, To>(
  source: AsyncIterator<From>,
  change: (value: From) => To,
): AsyncIterableIterator<To> {
  return {
    next: async () => {
      const { value, done } = await source.next();
      return done ? { value: undefined, done: true } : { value: change(value), done: false };
    },
    return: async () => {
      await source.return?.();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
