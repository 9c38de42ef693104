import * as rates from '../../domain/rejections/rates.ts';
import { number, registerRejection } from '../core/errors.ts';

registerRejection(
  rates.NoRateForNumber,
  'No prefix of the price list is a beginning of the number, or none is in effect.',
  { number, rateGroup: 'The name of the price list.' },
);
registerRejection(rates.RateDeckRefused, 'A deck with bad rows: nothing of it was imported.', {
  problemCount: { type: 'Int', description: 'How many problems it has.' },
  rowCount: { type: 'Int', description: 'How many rows were read.' },
});
