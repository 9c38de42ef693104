import * as access from '../../domain/rejections/access.ts';
import { registerRejection } from '../core/errors.ts';

registerRejection(
  access.NotAllowed,
  'The role permits this operation, but not on this object or with these values.',
  {
    problem: 'What is not allowed, and what is.',
  },
);
registerRejection(access.ApiKeyEnded, 'The API key has expired or was revoked.', { id: 'The key.' });
