import type { GuessSourceKind } from '../../domain/security/guessing.ts';
import { builder } from '../core/builder.ts';

const KINDS: Record<GuessSourceKind, { description: string }> = {
  CALLER_NUMBER: { description: 'The number that the caller called from.' },
  ACCESS_NUMBER: { description: 'The access number that the caller dialed.' },
  CREDENTIAL: { description: 'The API key, or the person at the identity provider, that made the request.' },
  ADDRESS: { description: 'The IP address of the request; for IPv6, its network.' },
};

export const GuessSourceKindEnum = builder.enumType('GuessSourceKind', {
  description: 'The kinds of source by which failures are counted.',
  values: KINDS,
});
