import { isOperator } from '../../domain/access/role.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import type { GraphContext, Viewer } from './context.ts';
import { isAmong } from './role-letters.ts';
import { EVERY_PARTNER, hasOwner, OWNERSHIP, type OwnedType, type Ownership } from './visibility.ts';

/** The nil UUID, which is the id of no partner and no card. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Whether the viewer may see a row that was requested by id. */
export async function isVisible(
  type: string,
  row: unknown,
  { viewer, database }: GraphContext,
): Promise<boolean> {
  if (!hasOwner(type) || typeof row !== 'object' || row === null) return false;
  const { roles, partner, card, isOfCardsPartner }: Ownership = OWNERSHIP[type];
  if (!isAmong(viewer.role, roles)) return false;
  const idIn = (column: string | undefined) => column && (row as Readonly<Record<string, unknown>>)[column];
  if (viewer.role === 'CARDHOLDER') return viewer.cardId !== null && idIn(card) === viewer.cardId;
  if (viewer.role !== 'PARTNER' || partner === EVERY_PARTNER || isInReach(viewer, idIn(partner))) return true;
  if (!isOfCardsPartner) return false;
  const cardId = idIn(card);
  if (typeof cardId !== 'string') return false;
  const [found] = await database.sql<{ partnerId: string | null }[]>`
    SELECT partner_id AS "partnerId" FROM cards WHERE id = ${cardId}`;
  return isInReach(viewer, found?.partnerId);
}

/** The id, or ids, that a partner or card column may have. */
type Named = string | { readonly in: string[] };

type ColumnOf<Type extends OwnedType> = {
  [Key in 'partner' | 'card']: (typeof OWNERSHIP)[Type] extends { readonly [_ in Key]: infer Column }
    ? Column & string
    : never;
}['partner' | 'card'];

/** A list filter for the rows that the viewer may see. */
export function ownRows<Type extends OwnedType>(
  viewer: Viewer,
  type: Type,
): { readonly [Column in ColumnOf<Type> | 'id']?: Named } {
  const { roles, partner, card }: Ownership = OWNERSHIP[type];
  if (!isAmong(viewer.role, roles)) return only('id', NOBODY);
  if (viewer.role === 'CARDHOLDER') return only(card, viewer.cardId ?? NOBODY);
  if (viewer.role !== 'PARTNER' || partner === EVERY_PARTNER) return {};
  const [root = NOBODY, ...others] = viewer.branch?.ids() ?? [];
  return only(partner, others.length === 0 ? root : { in: [root, ...others] });
}

/** Without an owner column, matches nothing. */
function only(column: string | undefined, named: Named): Readonly<Record<string, Named>> {
  return column === undefined ? { id: NOBODY } : { [column]: named };
}

/** Whether the viewer may see a partner's objects. Only operators see objects without a partner. */
export function isInReach({ role, branch }: Viewer, partnerId: unknown): boolean {
  if (isOperator(role)) return true;
  return branch !== null && typeof partnerId === 'string' && branch.has(partnerId);
}

/** @throws NotFound for a partner that does not exist or that the viewer may not see */
export function partnerInReach(viewer: Viewer, partnerId: string): string {
  if (!isInReach(viewer, partnerId)) throw new NotFound({ what: 'partner', reference: partnerId });
  return partnerId;
}

/** The same for a partner strictly below the viewer, since no partner may change itself. @throws NotFound */
export function partnerBelow(viewer: Viewer, partnerId: string): string {
  if (partnerId === viewer.partnerId) throw new NotFound({ what: 'partner below you', reference: partnerId });
  return partnerInReach(viewer, partnerId);
}
