/** A mistake of whoever starts the program: it gets one line, no stack, and exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
