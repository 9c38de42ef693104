import type { Branch } from '../../domain/partners/branch.ts';
import type { Sql } from '../postgres/database.ts';

interface Node {
  readonly id: string;
  readonly parentId: string | null;
  readonly isSuspended: boolean;
}

/**
 * The tree of partners and their suspensions, in memory, because it is needed for every row and every event and hardly
 * ever changes. An event reloads it when a partner changes. Answers always reflect the present tree; former branches
 * are not kept.
 */
export class PartnerTree {
  readonly #sql: Sql;
  #nodes = new Map<string, Node>();
  #children = new Map<string, string[]>();
  #reads = 0;
  /** The number of the read (see `refresh`) that produced the tree. */
  #lastRead = 0;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async refresh(): Promise<void> {
    this.#reads += 1;
    const read = this.#reads;
    const nodes = await this.#sql<Node[]>`
      SELECT id, parent_id AS "parentId", suspended_at IS NOT NULL AS "isSuspended" FROM partners`;
    // A read that began earlier may have seen less: it must not undo a suspension.
    if (read < this.#lastRead) return;
    this.#lastRead = read;
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

  /** Whether the latest read has not completed: it is in progress, or it failed and must be repeated. */
  get isOld(): boolean {
    return this.#lastRead < this.#reads;
  }

  /** A partner and its superiors, up to the top. */
  upwards(partnerId: string): string[] {
    const path = [partnerId];
    for (let at = this.#nodes.get(partnerId); at?.parentId; at = this.#nodes.get(at.parentId))
      path.push(at.parentId);
    return path;
  }

  /** Whether the partner or one of its superiors is suspended. */
  isSuspended(partnerId: string): boolean {
    return this.upwards(partnerId).some((id) => this.#nodes.get(id)?.isSuspended);
  }

  /** A live view of the tree: later changes are visible through it. */
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
