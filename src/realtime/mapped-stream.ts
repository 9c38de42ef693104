/** Maps each value of a stream; `return` reaches the source at once. A failure to map a value closes the source. */
export function mapped<From, To>(
  source: AsyncIterator<From>,
  change: (value: From) => To | Promise<To>,
): AsyncIterableIterator<To> {
  return {
    next: async () => {
      const { value, done } = await source.next();
      if (done) return { value: undefined, done: true };
      try {
        return { value: await change(value), done: false };
      } catch (error) {
        await source.return?.();
        throw error;
      }
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
