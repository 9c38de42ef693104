import * as access from '../../domain/rejections/access.ts';
import { registerRejection } from '../core/errors.ts';

registerRejection(access.NotAllowed, {
  code: 'NOT_ALLOWED',
  description: 'The role allows it, but not with this object or these values.',
  fields: { problem: { type: 'String', description: 'What is not allowed, and what is.' } },
});
registerRejection(access.ApiKeyEnded, {
  code: 'API_KEY_ENDED',
  description: 'The API key has expired or was revoked.',
  fields: { id: { type: 'String', description: 'Which key.' } },
});
