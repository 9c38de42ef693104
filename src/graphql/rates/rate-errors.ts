import * as rates from '../../domain/rejections/rates.ts';
import { number, registerRejection } from '../core/errors.ts';

registerRejection(
  rates.NoRateForNumber,
  'No prefix of the price list is a beginning of the number, or none is in effect.',
  { number, rateGroup: 'The name of the price list.' },
);
