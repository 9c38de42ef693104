import type { Card } from '../../domain/cards/card.ts';
import type { Viewer } from '../../graphql/core/context.ts';
import type { ApiKey } from '../../store/access/api-keys.ts';
import type { ApiKeyAuthenticator } from '../../store/access/authentication.ts';
import type { CardSessions } from '../../store/cards/card-sessions.ts';
import type { PartnerTree } from '../../store/partners/partner-tree.ts';
import { bearerToken } from './bearer-token.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { Authenticate, Principal } from './request-context.ts';

interface Credentials {
  readonly keys: ApiKeyAuthenticator;
  readonly sessions: CardSessions;
  readonly partners: PartnerTree;
  /** Undefined when the operator has none. */
  readonly identityProvider: IdentityProvider | undefined;
}

/**
 * Finds the principal of a credential. There are three kinds, distinguished by their form: our own API keys (`clk_…`),
 * the tokens of the operator's identity provider (JWT, with two dots), and cardholders' sessions.
 */
export function authenticator({ keys, sessions, partners, identityProvider }: Credentials): Authenticate {
  return async ({ header, address }) => {
    const token = bearerToken(header);
    if (token === undefined) return undefined;
    if (token.startsWith('clk_')) return inTree(ofKey(await keys.authenticate(token, address)));
    if (token.split('.').length === 3) return inTree(await identityProvider?.authenticate(token));
    return inTree(ofCard(await sessions.authenticate(token)));
  };

  /** Undefined for actors of a partner that is suspended or has a suspended ancestor. */
  function inTree(person: Principal | undefined): Viewer | undefined {
    if (!person) return undefined;
    const { partnerId } = person;
    if (partnerId === null) return { ...person, branch: null };
    return partners.isSuspended(partnerId) ? undefined : { ...person, branch: partners.branch(partnerId) };
  }
}

function ofKey(key: ApiKey | undefined): Principal | undefined {
  if (!key) return undefined;
  const { id, prefix, role, scopes, networks, expiresAt, partnerId, name, lineageId, familyId } = key;
  return {
    actorId: id,
    lineageId,
    familyId,
    apiKeyId: id,
    keyPrefix: prefix,
    role,
    scopes,
    networks,
    expiresAt,
    callScope: key.callScope,
    callerNumberForm: key.callerNumberForm,
    dialedNumberForm: key.dialedNumberForm,
    partnerId,
    cardId: null,
    name,
  };
}

function ofCard(card: Card | undefined): Principal | undefined {
  if (!card) return undefined;
  const { id, serial } = card;
  return {
    actorId: id,
    lineageId: id,
    familyId: id,
    apiKeyId: null,
    keyPrefix: null,
    role: 'CARDHOLDER',
    scopes: null,
    networks: null,
    expiresAt: null,
    partnerId: null,
    cardId: id,
    name: serial,
  };
}
