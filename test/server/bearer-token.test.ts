import { expect, test } from 'vitest';
import { bearerToken } from '../../src/server/authentication/bearer-token.ts';

test.each(['Bearer a.b-c', 'bearer a.b-c', 'BEARER a.b-c', 'Bearer  a.b-c', 'bearer    a.b-c'])(
  '%j carries a token',
  (header) => {
    expect(bearerToken(header)).toBe('a.b-c');
  },
);

test.each([undefined, '', 'Bearer', 'Bearer ', 'Basic a', 'Bearera', ' Bearer a', 'Bearer a b', 'Bearer\ta'])(
  '%j carries none',
  (header) => {
    expect(bearerToken(header)).toBeUndefined();
  },
);
