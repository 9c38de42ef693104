import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
import { registerRejection } from './errors.ts';

registerRejection(
  input.InvalidAmount,
  'The amount is not a plain decimal, is too large, or is zero or negative where that is not allowed.',
  { amount: 'The given amount.' },
);
registerRejection(
  input.CurrencyMismatch,
  'The currency of the amount differs from that of the card or wallet.',
  {
    expected: { type: 'CurrencyCode', description: 'The currency of the card or wallet.' },
    given: { type: 'CurrencyCode', description: 'The currency of the amount.' },
  },
);
registerRejection(input.InvalidInput, 'An argument is invalid regardless of the state of the data.', {
  field: 'The argument.',
  problem: 'What is wrong with the argument and what is allowed.',
});
registerRejection(input.NotFound, 'The id, serial or number does not refer to anything that you can see.', {
  what: 'The kind of object.',
  reference: 'The given reference.',
});
registerRejection(input.NameTaken, 'The name must be unique and is already taken.', { name: 'The name.' });
registerRejection(
  commands.IdempotencyKeyReused,
  'The key was already used with other arguments or for another operation.',
  { key: 'The key.' },
);
registerRejection(commands.Overloaded, "The server's queue is full. Nothing was done.", {
  queued: { type: 'Int', description: 'The number of waiting commands.' },
});
