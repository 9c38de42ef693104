import * as input from '../../domain/rejections/input.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import { registerRejection } from './errors.ts';

registerRejection(
  input.InvalidAmount,
  'An amount that is no plain decimal, is too large, or is zero or negative where it must not be.',
  { amount: 'The amount as it was given.' },
);
registerRejection(
  input.InvalidInput,
  'An argument that breaks a rule of its own, whatever the state of the data.',
  {
    field: 'The argument.',
    problem: 'What is wrong with it and what is allowed.',
  },
);
registerRejection(input.NotFound, 'An id, serial or number that names nothing, or nothing that is yours.', {
  what: 'What was looked for.',
  reference: 'The reference as it was given.',
});
registerRejection(input.NameTaken, 'A name that must be unique and is taken.', { name: 'The name.' });
registerRejection(
  recharges.IdempotencyKeyReused,
  'The key was used before with other arguments or for another operation.',
  { key: 'The key.' },
);
registerRejection(recharges.Overloaded, 'The server has more to do than it may queue. Nothing was done.', {
  queued: { type: 'Int', description: 'How many commands were waiting.' },
});
