import * as bindings from '../../domain/rejections/bindings.ts';
import { number, registerRejection, serial } from '../core/errors.ts';

registerRejection(bindings.InvalidPhoneNumber, 'A number that no numbering plan has.', {
  number: 'What was wrong with it.',
});
registerRejection(bindings.NumberAlreadyBound, 'The number stands for a card already.', {
  number,
  sameCard: { type: 'Boolean', description: 'Whether it is this card.' },
});
registerRejection(bindings.NumberNotBound, 'The number stands for no card, or for none of yours.', {
  number,
});
registerRejection(bindings.TooManyBindings, 'The card has as many numbers as its batch allows.', {
  serial,
  limit: { type: 'Int', description: 'How many it allows.' },
});
registerRejection(
  bindings.TooManyBindingAttempts,
  'Too many numbers were tried that are bound to cards of others: nothing was looked at.',
  {
    allowed: { type: 'Int', description: 'How many may be tried in the window.' },
    windowSeconds: { type: 'Int', description: 'How long the window is.' },
  },
);
