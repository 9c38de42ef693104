import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { useFixture } from '../fixture.ts';

/** What tokens are for, unless said otherwise. */
export const AUDIENCE = 'cardline';
type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** An identity provider: its discovery document, and the keys that it publishes at the moment. */
export class Provider {
  readonly server: Server;
  readonly keys = new Map<string, KeyPair>();
  published: JWK[] = [];
  isAway = false;
  /** How often it was asked for its keys. */
  keysAsked = 0;
  url = '';

  constructor() {
    this.server = createServer((request, response) => {
      if (request.url === '/jwks') this.keysAsked += 1;
      if (this.isAway) return void response.writeHead(500).end();
      const jwks = { keys: this.published };
      const discovery = { issuer: this.url, jwks_uri: `${this.url}/jwks` };
      response.end(JSON.stringify(request.url === '/jwks' ? jwks : discovery));
    });
  }

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    this.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    await this.publish('first');
  }

  stop(): void {
    this.server.close();
  }

  /** Makes a key and publishes it beside those there are. */
  async publish(kid: string, alg = 'ES256'): Promise<void> {
    const pair = await generateKeyPair(alg);
    this.keys.set(kid, pair);
    this.published.push({ ...(await exportJWK(pair.publicKey)), kid, alg });
  }

  withdraw(kid: string): void {
    this.published = this.published.filter((key) => key.kid !== kid);
  }

  token(claims: Record<string, unknown> = {}, { kid = 'first', alg = 'ES256', expires = '5m' } = {}) {
    const key = this.keys.get(kid);
    if (!key) throw new Error(`There is no key ${kid}.`);
    return new SignJWT({ sub: 'ann', name: 'Ann', cardline_role: 'support', ...claims })
      .setProtectedHeader({ alg, kid })
      .setIssuedAt()
      .setIssuer(String(claims.iss ?? this.url))
      .setAudience(String(claims.aud ?? AUDIENCE))
      .setExpirationTime(expires)
      .sign(key.privateKey);
  }
}

/** One that is up around the hooks and tests of a file. */
export function useProvider(): Provider {
  const provider = new Provider();
  useFixture({
    start: async () => {
      await provider.start();
      return provider;
    },
    stop: async () => provider.stop(),
  });
  return provider;
}
