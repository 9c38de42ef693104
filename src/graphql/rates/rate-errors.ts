import * as rates from '../../domain/rejections/rates.ts';
import { number, registerRejection } from '../core/errors.ts';

registerRejection(
  rates.NoRateForNumber,
  'No prefix of the rate group matches the number, or none is in effect.',
  { number, rateGroup: 'The name of the rate group.' },
);
registerRejection(rates.RateDeckRefused, 'The deck has invalid rows. Nothing was imported.', {
  problemCount: { type: 'Int', description: 'The number of problems found.' },
  rowCount: { type: 'Int', description: 'The number of rows read.' },
});
