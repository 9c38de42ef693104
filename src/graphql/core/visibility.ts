import { isOperator } from '../../domain/access/role.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import type { GraphContext, Viewer } from './context.ts';

/** The id of no partner: the nil UUID. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Whether a loaded row may be seen by the viewer. The operator's own roles see all. A partner sees what carries the id
 * of one of its branch: batches, cards, keys and movements, and the partners themselves; and what belongs to nobody, such as rate groups. A switch
 * sees cards, calls and prices; a cardholder its card and what carries the card's id.
 */
function isVisible(row: unknown, viewer: Viewer): boolean {
  if (isOperator(viewer.role)) return true;
  if (typeof row !== 'object' || row === null) return false;
  if (viewer.role === 'SWITCH')
    return 'serial' in row || 'switchCallId' in row || 'rateCount' in row || 'ratePer1e8Minute' in row;
  if (viewer.role === 'CARDHOLDER') return isOfCard(row, viewer.cardId);
  if ('partnerId' in row) return isInReach(viewer, row.partnerId);
  if ('balance' in row && 'id' in row) return isInReach(viewer, row.id);
  return true;
}

function isOfCard(row: object, cardId: string | null): boolean {
  if (cardId === null) return false;
  if ('serial' in row && 'id' in row) return row.id === cardId;
  return 'cardId' in row && row.cardId === cardId;
}

/**
 * The same for a row that was asked for by its id. A movement that the operator caused carries no partner, and is of
 * the partner's card all the same: its statement shows it.
 */
export async function isVisibleById(row: unknown, context: GraphContext): Promise<boolean> {
  const { viewer, database } = context;
  if (isVisible(row, viewer)) return true;
  if (viewer.role !== 'PARTNER' || !isMovementOfCard(row)) return false;
  const [card] = await database.sql<{ partnerId: string | null }[]>`
    SELECT partner_id AS "partnerId" FROM cards WHERE id = ${row.cardId}`;
  return isInReach(viewer, card?.partnerId);
}

function isMovementOfCard(row: unknown): row is { cardId: string } {
  return (
    typeof row === 'object' &&
    row !== null &&
    'creditAccount' in row &&
    'cardId' in row &&
    typeof row.cardId === 'string'
  );
}

/** Whether a partner's things are the viewer's to see, for what nobody owns and for nobody's eyes: no. */
export function isInReach({ role, branch }: Viewer, partnerId: unknown): boolean {
  if (isOperator(role)) return true;
  return branch !== null && typeof partnerId === 'string' && branch.has(partnerId);
}

/** @throws NotFound for a partner that is not the viewer's, as for one that is not there */
export function partnerInReach(viewer: Viewer, partnerId: string): string {
  if (!isInReach(viewer, partnerId)) throw new NotFound({ what: 'partner', reference: partnerId });
  return partnerId;
}

/** The same for one strictly below the viewer: no partner changes itself. @throws NotFound */
export function partnerBelow(viewer: Viewer, partnerId: string): string {
  if (partnerId === viewer.partnerId) throw new NotFound({ what: 'partner below you', reference: partnerId });
  return partnerInReach(viewer, partnerId);
}

/** A column that names a partner, and whom it may name. */
type Named = string | { readonly in: string[] };

/** The filter of a list of rows that carry a partner's id: all for the operator and a switch, its branch's for a partner. */
export function ownRows(viewer: Viewer): { partnerId?: Named } {
  const named = reachable(viewer);
  return named === undefined ? {} : { partnerId: named };
}

/** The filter of a list of cards: as for other rows, and its own card for a cardholder. */
export function ownCards(viewer: Viewer): { id?: string; partnerId?: Named } {
  return viewer.role === 'CARDHOLDER' ? { id: viewer.cardId ?? NOBODY } : ownRows(viewer);
}

/** The filter of a list of partners. */
export function ownRow(viewer: Viewer): { id?: Named } {
  const named = reachable(viewer);
  return named === undefined ? {} : { id: named };
}

/** Undefined: everybody. */
function reachable({ role, branch }: Viewer): Named | undefined {
  if (role === 'CARDHOLDER') return NOBODY;
  if (branch === null) return undefined;
  const [only = NOBODY, ...others] = branch.ids();
  return others.length === 0 ? only : { in: [only, ...others] };
}
