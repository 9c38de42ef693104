import type { CardState } from '../../domain/cards/card-state.ts';
import { stateNow } from '../cards/card-state-sql.ts';
import type { Sql } from '../postgres/database.ts';
import { type Fragment, type ReportPage, type ReportQuery, readPage } from './report.ts';

export interface ExpiringCardRow {
  readonly cardId: string;
  readonly serial: string;
  readonly batchId: string;
  readonly batchName: string;
  readonly partnerId: string | null;
  readonly partnerName: string | null;
  readonly state: CardState;
  readonly currency: string;
  /** Micro-units. */
  readonly balance: bigint;
  readonly validUntil: Date;
  readonly graceUntil: Date | null;
  /** The instant of validUntil with its microseconds: the position in the list. */
  readonly place: string;
}

/** Cards in service whose validity ends within so many days, soonest first. */
export function readExpiringCards(
  sql: Sql,
  { partnerIds, after, limit, days }: ReportQuery & { readonly days: number },
): Promise<ReportPage<ExpiringCardRow>> {
  const [place, afterId] = after ?? [];
  // Hides the limit from the planner: otherwise it considers a generic plan too expensive compared with a plan for this
  // page, and plans each time, which takes longer than reading the page.
  const count = sql`(SELECT ${limit}::bigint)`;
  const first = (where: Fragment) => sql`
    SELECT * FROM cards
    WHERE status = 'ACTIVE' AND valid_until > now() AND valid_until <= now() + make_interval(days => ${days}::int)
      ${place === undefined || afterId === undefined ? sql`` : sql`AND (valid_until, id) > (${place}::text::timestamptz, ${afterId}::text::uuid)`}
      AND ${where}
    ORDER BY valid_until, id LIMIT ${count}`;
  // Merges the first cards of each partner, read from that partner's part of the index, instead of scanning all cards
  // in between.
  const found =
    partnerIds === null
      ? first(sql`true`)
      : sql`
        SELECT own.* FROM unnest(${[...partnerIds]}::uuid[]) AS partner (id)
        CROSS JOIN LATERAL (${first(sql`partner_id = partner.id`)}) AS own
        ORDER BY own.valid_until, own.id LIMIT ${count}`;
  return readPage(
    sql,
    sql`
    SELECT c.id AS "cardId", c.serial, c.batch_id AS "batchId", b.name AS "batchName", c.partner_id AS "partnerId",
           r.name AS "partnerName", ${sql.unsafe(stateNow('c'))} AS state, c.currency, c.balance,
           c.valid_until AS "validUntil", c.grace_until AS "graceUntil", c.valid_until::text AS place
    FROM (${found}) AS c JOIN card_batches AS b ON b.id = c.batch_id LEFT JOIN partners AS r ON r.id = c.partner_id
    ORDER BY c.valid_until, c.id`,
  );
}
