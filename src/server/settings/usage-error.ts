/** A mistake of the person or program that runs the command: reported in one line, without a stack, with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
