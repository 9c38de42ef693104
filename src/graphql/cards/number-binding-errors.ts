import * as bindings from '../../domain/rejections/bindings.ts';
import { type DataField, number, registerRejection, serial } from '../core/errors.ts';

const field: DataField = 'The field that has the number.';

registerRejection(
  bindings.InvalidPhoneNumber,
  'The number is not valid in any numbering plan, or cannot stand for a caller.',
  {
    field,
    reason:
      'UNREADABLE: it is no number. NOT_IN_USE: no numbering plan has assigned it. PLACEHOLDER: networks send it for withheld numbers.',
  },
);
registerRejection(bindings.AmbiguousPhoneNumber, 'The digits are a valid number in more than one way.', {
  field,
  readings: 'The numbers that it may be, in E.164 form, separated by commas.',
});
registerRejection(bindings.NumberAlreadyBound, 'The number is already bound to a card.', {
  number,
  sameCard: { type: 'Boolean', description: 'Whether it is bound to this card.' },
});
registerRejection(bindings.NumberNotBound, 'The number is not bound to a card that you can see.', {
  number,
});
registerRejection(
  bindings.TooManyBindings,
  'The card has the maximum number of bound numbers that its batch allows.',
  {
    serial,
    limit: { type: 'Int', description: 'The maximum number of bound numbers.' },
  },
);
registerRejection(
  bindings.TooManyBindingAttempts,
  'Too many attempts with numbers that are bound to cards of others. The request was not processed.',
  {
    allowed: { type: 'Int', description: 'The maximum number of attempts in the window.' },
    windowSeconds: { type: 'Int', description: 'The length of the window.' },
  },
);
