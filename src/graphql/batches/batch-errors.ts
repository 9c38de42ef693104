import * as batches from '../../domain/rejections/batches.ts';
import { registerRejection } from '../core/errors.ts';

registerRejection(
  batches.PinFormatTooDense,
  'PINs of this format could be guessed: one random guess would hit a live card too often.',
  {
    issued: 'Cards in the format, those asked for included.',
    possible: 'PINs the format has.',
    lengthNeeded: { type: 'Int', description: 'The least length that would do.' },
  },
);
registerRejection(batches.BatchAlreadyFinished, 'The batch ended before it could be cancelled.', {
  state: 'The state of the batch.',
});
registerRejection(batches.BatchNotFinished, "The batch's cards are still being made.", {
  state: 'The state of the batch.',
});
