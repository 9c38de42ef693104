import { LRUCache } from 'lru-cache';
import type { CredentialRole } from '../../domain/access/role.ts';
import { SYSTEM_ACTOR } from '../../domain/event.ts';
import { BatchReader } from '../batching/batch-reader.ts';
import type { Sql } from '../postgres/database.ts';

/** The actor that caused an event, as far as this system knows it: of a person at the identity provider only the id. */
export interface KnownActor {
  readonly id: string;
  /** Null for the system and for a person. */
  readonly name: string | null;
  readonly role: CredentialRole | null;
  /** The partner on whose behalf it acts. */
  readonly partnerId: string | null;
}

type KeyRow = KnownActor & { readonly key: string };

/**
 * Resolves the actor ids in events. The name, role and partner of a key never change, so each key is read once, batched
 * with concurrent reads, and the ten thousand most recently used are cached.
 */
export class Actors {
  readonly #known = new LRUCache<string, KnownActor>({ max: 10_000 });
  readonly #keys: BatchReader<KeyRow>;

  constructor(sql: Sql) {
    this.#keys = new BatchReader(
      (ids) => sql<KeyRow[]>`
        SELECT id::text AS key, id, name, role, partner_id AS "partnerId" FROM api_keys
        WHERE id = ANY(${[...ids]}::uuid[])`,
    );
    this.clear();
  }

  clear(): void {
    this.#known.clear();
    this.#known.set(SYSTEM_ACTOR, unnamed(SYSTEM_ACTOR));
  }

  async find(id: string): Promise<KnownActor> {
    const known = this.#known.get(id);
    if (known) return known;
    const actor = (await this.#keys.find(id)) ?? unnamed(id);
    this.#known.set(id, actor);
    return actor;
  }
}

function unnamed(id: string): KnownActor {
  return { id, name: null, role: null, partnerId: null };
}
