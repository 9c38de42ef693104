import * as access from '../../domain/rejections/access.ts';
import { registerRejection } from '../core/errors.ts';

registerRejection(access.NotAllowed, 'The role allows it, but not with this object or these values.', {
  problem: 'What is not allowed, and what is.',
});
registerRejection(access.ApiKeyEnded, 'The API key has expired or was revoked.', { id: 'Which key.' });
