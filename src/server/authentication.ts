import type { Card } from '../domain/card.ts';
import type { Viewer } from '../graphql/context.ts';
import type { ApiKey } from '../store/api-keys.ts';
import type { ApiKeyAuthenticator } from '../store/authentication.ts';
import type { CardSessions } from '../store/card-sessions.ts';
import type { Authenticate } from './caller.ts';
import type { IdentityProvider } from './identity-provider.ts';

interface Credentials {
  readonly keys: ApiKeyAuthenticator;
  readonly sessions: CardSessions;
  /** Undefined when the operator has none. */
  readonly identityProvider: IdentityProvider | undefined;
}

/**
 * Who a credential stands for. There are three kinds, told apart by their form: our own API keys (`clk_…`), the tokens
 * of the operator's identity provider (JWT, with two dots), and cardholders' sessions.
 */
export function authenticator({ keys, sessions, identityProvider }: Credentials): Authenticate {
  return async ({ header, address }) => {
    const token = /^Bearer (\S{1,8192})$/.exec(header ?? '')?.[1];
    if (token === undefined) return undefined;
    if (token.startsWith('clk_')) return ofKey(await keys.authenticate(token, address));
    if (token.split('.').length === 3) return identityProvider?.authenticate(token);
    return ofCard(await sessions.authenticate(token));
  };
}

function ofKey(key: ApiKey | undefined): Viewer | undefined {
  if (!key) return undefined;
  const { id, prefix, role, scopes, partnerId, name } = key;
  return { actorId: id, apiKeyId: id, keyPrefix: prefix, role, scopes, partnerId, cardId: null, name };
}

function ofCard(card: Card | undefined): Viewer | undefined {
  if (!card) return undefined;
  const { id, serial } = card;
  return {
    actorId: id,
    apiKeyId: null,
    keyPrefix: null,
    role: 'CARDHOLDER',
    scopes: null,
    partnerId: null,
    cardId: id,
    name: serial,
  };
}
