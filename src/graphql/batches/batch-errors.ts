import * as batches from '../../domain/rejections/batches.ts';
import { registerRejection } from '../core/errors.ts';

registerRejection(
  batches.PinFormatTooDense,
  'PINs of this format could be guessed: the probability that a random guess hits a live card would be too high.',
  {
    issued: 'Cards with this PIN format, including the requested ones.',
    possible: 'The number of possible PINs in this format.',
    lengthNeeded: { type: 'Int', description: 'The shortest length that would be accepted.' },
  },
);
registerRejection(batches.BatchAlreadyFinished, 'The batch finished before it could be cancelled.', {
  state: 'The state of the batch.',
});
registerRejection(batches.BatchNotFinished, 'The cards of the batch are still being created.', {
  state: 'The state of the batch.',
});
