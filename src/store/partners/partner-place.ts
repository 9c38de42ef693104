import { DEEPEST_PARTNER, LARGEST_BRANCH } from '../../domain/partners/branch.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import { PartnerMisplaced } from '../../domain/rejections/partners.ts';
import type { Transaction } from '../postgres/database.ts';

/** One change of the tree's shape at a time. */
export async function lockPartnerTree(tx: Transaction): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(hashtext('cardline partner tree'))`;
}

/**
 * Checks that a partner may be placed below another: the tree stays acyclic and within its limits of depth and size.
 * One check at a time, since two moves that are each valid could form a cycle together.
 *
 * @throws NotFound when there is no such parent; PartnerMisplaced
 */
export async function refuseMisplaced(tx: Transaction, id: string, parentId: string): Promise<void> {
  await lockPartnerTree(tx);
  const above = await tx<{ id: string }[]>`
    WITH RECURSIVE above AS (
      SELECT id, parent_id FROM partners WHERE id = ${parentId}
      UNION ALL SELECT p.id, p.parent_id FROM partners p JOIN above a ON p.id = a.parent_id
    ) SELECT id FROM above`;
  if (above.length === 0) throw new NotFound({ what: 'partner', reference: parentId });
  if (above.some((partner) => partner.id === id)) {
    throw new PartnerMisplaced({
      problem: 'A partner can not be below itself: choose one that is not of its branch.',
    });
  }
  const [below] = await tx<{ levels: number; partners: number }[]>`
    WITH RECURSIVE below AS (
      SELECT id, 1 AS level FROM partners WHERE id = ${id}
      UNION ALL SELECT p.id, b.level + 1 FROM partners p JOIN below b ON p.parent_id = b.id
    ) SELECT coalesce(max(level), 1)::int AS levels, greatest(count(*), 1)::int AS partners FROM below`;
  if (above.length + (below?.levels ?? 1) > DEEPEST_PARTNER) {
    throw new PartnerMisplaced({
      problem: `Partners are at most ${DEEPEST_PARTNER} levels deep: choose one further up.`,
    });
  }
  const top = above.at(-1)?.id ?? parentId;
  // A move within its own tree does not enlarge that tree.
  const [tree] = await tx<{ partners: number }[]>`
    WITH RECURSIVE tree AS (
      SELECT id FROM partners WHERE id = ${top} AND id <> ${id}
      UNION ALL SELECT p.id FROM partners p JOIN tree t ON p.parent_id = t.id WHERE p.id <> ${id}
    ) SELECT count(*)::int AS partners FROM tree`;
  if ((tree?.partners ?? 0) + (below?.partners ?? 1) > LARGEST_BRANCH) {
    throw new PartnerMisplaced({
      problem: `A partner's tree has at most ${LARGEST_BRANCH} partners: choose another, or ask the operator for one beside it.`,
    });
  }
}
