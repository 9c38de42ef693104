import type { GuessSourceKind } from '../../domain/security/guessing.ts';
import { builder } from '../core/builder.ts';

const KINDS: Record<GuessSourceKind, { description: string }> = {
  CALLER_NUMBER: { description: 'The number the caller called from.' },
  ACCESS_NUMBER: { description: 'The number the caller dialled to reach you.' },
  CREDENTIAL: { description: 'The API key, or the person at the identity provider, that asked.' },
  ADDRESS: { description: 'The IP address that asked; of IPv6 its network.' },
};

export const GuessSourceKindEnum = builder.enumType('GuessSourceKind', {
  description: 'What failures are counted by.',
  values: KINDS,
});
