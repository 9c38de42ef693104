import type { Branch } from '../../domain/partners/branch.ts';
import type { Sql } from '../postgres/database.ts';

interface Node {
  readonly id: string;
  readonly parentId: string | null;
  readonly isSuspended: boolean;
}

/**
 * Who is below whom, and who is suspended, in memory: it is asked for every row and every event, and changes hardly
 * ever. Read again when an event says that a partner has changed. What is asked is always answered by the tree as it
 * is now: what a partner's branch was yesterday is nobody's.
 */
export class PartnerTree {
  readonly #sql: Sql;
  #nodes = new Map<string, Node>();
  #children = new Map<string, string[]>();
  #looks = 0;
  /** The look that the tree is from. */
  #taken = 0;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async refresh(): Promise<void> {
    this.#looks += 1;
    const look = this.#looks;
    const nodes = await this.#sql<Node[]>`
      SELECT id, parent_id AS "parentId", suspended_at IS NOT NULL AS "isSuspended" FROM partners`;
    // What was begun earlier may have seen less: it must not bring a suspended partner back.
    if (look < this.#taken) return;
    this.#taken = look;
    const children = new Map<string, string[]>();
    for (const { id, parentId } of nodes) {
      if (parentId === null) continue;
      const siblings = children.get(parentId);
      if (siblings) siblings.push(id);
      else children.set(parentId, [id]);
    }
    this.#nodes = new Map(nodes.map((node) => [node.id, node]));
    this.#children = children;
  }

  /** Whether the last look has not come back: it is under way, or it failed and must be made again. */
  get isOld(): boolean {
    return this.#taken < this.#looks;
  }

  /** A partner, those above it, and so on to the top. */
  upwards(partnerId: string): string[] {
    const path = [partnerId];
    for (let at = this.#nodes.get(partnerId); at?.parentId; at = this.#nodes.get(at.parentId))
      path.push(at.parentId);
    return path;
  }

  /** Whether it, or one above it, is suspended. */
  isSuspended(partnerId: string): boolean {
    return this.upwards(partnerId).some((id) => this.#nodes.get(id)?.isSuspended);
  }

  /** Follows the tree: whoever holds it sees a partner come and go. */
  branch(rootId: string): Branch {
    return {
      rootId,
      has: (partnerId) => typeof partnerId === 'string' && this.upwards(partnerId).includes(rootId),
      ids: () => this.#downwards(rootId),
    };
  }

  #downwards(rootId: string): string[] {
    const ids = [rootId];
    for (const id of ids) ids.push(...(this.#children.get(id) ?? []));
    return ids;
  }
}
