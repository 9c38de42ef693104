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
