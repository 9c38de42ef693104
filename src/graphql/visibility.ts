import { isOperator } from '../domain/role.ts';
import type { GraphContext, Viewer } from './context.ts';

/** The id of no partner: the nil UUID. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Whether a loaded row may be seen by the viewer. The operator's own roles see all. A partner sees what carries its
 * id: its batches, cards, keys and movements, and itself; and what belongs to nobody, such as rate groups. A switch
 * sees cards, calls and prices; a cardholder its card and what carries the card's id.
 */
function isVisible(row: unknown, viewer: Viewer): boolean {
  if (isOperator(viewer.role)) return true;
  if (typeof row !== 'object' || row === null) return false;
  if (viewer.role === 'SWITCH')
    return 'serial' in row || 'switchCallId' in row || 'rateCount' in row || 'ratePer1e8Minute' in row;
  if (viewer.role === 'CARDHOLDER') return isOfCard(row, viewer.cardId);
  if ('partnerId' in row) return row.partnerId === viewer.partnerId;
  if ('balance' in row && 'id' in row) return row.id === viewer.partnerId;
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
  return card?.partnerId === viewer.partnerId;
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

/** The filter of a list of rows that carry a partner's id: all for the operator and a switch, its own for a partner. */
export function ownRows({ role, partnerId }: Viewer): { partnerId?: string } {
  if (role === 'CARDHOLDER') return { partnerId: NOBODY };
  return partnerId === null ? {} : { partnerId };
}

/** The filter of a list of cards: as for other rows, and its own card for a cardholder. */
export function ownCards(viewer: Viewer): { id?: string; partnerId?: string } {
  return viewer.role === 'CARDHOLDER' ? { id: viewer.cardId ?? NOBODY } : ownRows(viewer);
}

/** The filter of a list of partners. */
export function ownRow({ role, partnerId }: Viewer): { id?: string } {
  if (role === 'CARDHOLDER') return { id: NOBODY };
  return partnerId === null ? {} : { id: partnerId };
}
