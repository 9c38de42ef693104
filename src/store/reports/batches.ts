import type { CardType } from '../../domain/cards/card.ts';
import { BATCH_COUNTERS, type BatchCounter } from '../../domain/reports/report-counters.ts';
import { stateNow } from '../cards/card-state-sql.ts';
import type { Sql } from '../postgres/database.ts';
import { ofPartners, type ReportPage, type ReportQuery, readPage } from './report.ts';
import { uncounted } from './report-counters.ts';
import { EXHAUSTED } from './report-recount.ts';

type StateCount = 'inactive' | 'active' | 'locked' | 'inGrace' | 'expiredNow' | 'deactivated' | 'closed';

/** A batch with the present states of its cards and their totals, in micro-units. */
export interface BatchRow extends Record<StateCount | BatchCounter, bigint> {
  readonly batchId: string;
  readonly name: string;
  readonly type: CardType;
  readonly partnerId: string | null;
  readonly partnerName: string | null;
  readonly currency: string;
  readonly made: number;
}

const STORED_STATE = `
  CASE WHEN status = 'ACTIVE' AND locked_at IS NOT NULL THEN 'LOCKED' ELSE status::text END`;

/** How many more of the due cards are in a state than are stored in it. */
const correction = (state: string) =>
  `count(*) FILTER (WHERE state = '${state}') - count(*) FILTER (WHERE stored = '${state}')`;

/**
 * Batches, newest first. Changes caused by time that the expiry job has not stored yet are included: the due cards are
 * examined, and they are few, since the job runs every few seconds.
 */
export function readBatches(
  sql: Sql,
  { partnerIds, after, limit, batchId }: ReportQuery & { readonly batchId: string | null },
): Promise<ReportPage<BatchRow>> {
  const [afterId] = after ?? [];
  const counters = sql.unsafe(
    BATCH_COUNTERS.map((name) => `coalesce(sum(${name}), 0)::bigint AS ${name}`).join(', '),
  );
  const columns = sql.unsafe(`batch_id, ${BATCH_COUNTERS.join(', ')}`);
  return readPage(
    sql,
    sql`
    WITH page AS (
      SELECT b.id, b.name, b.type, b.partner_id, b.currency, b.made FROM card_batches AS b
      WHERE ${ofPartners(sql, sql`b.partner_id`, partnerIds)}
        ${afterId === undefined ? sql`` : sql`AND b.id < ${afterId}::uuid`}
        ${batchId === null ? sql`` : sql`AND b.id = ${batchId}::uuid`}
      ORDER BY b.id DESC LIMIT ${limit}
    ), counted AS (
      SELECT batch_id, ${counters} FROM (
        SELECT ${columns} FROM batch_counters WHERE batch_id IN (SELECT id FROM page)
        UNION ALL (${sql.unsafe(uncounted('batches'))})
      ) AS both_parts GROUP BY batch_id
    ), due AS (
      SELECT batch_id, ${sql.unsafe(
        ['ACTIVE', 'LOCKED', 'IN_GRACE', 'DEACTIVATED', 'INACTIVE']
          .map((state) => `${correction(state)} AS ${state.toLowerCase()}`)
          .join(', '),
      )},
        count(*) FILTER (WHERE state = 'EXPIRED') AS expired,
        count(*) FILTER (WHERE state = 'EXPIRED' AND exhausted) AS exhausted
      FROM (
        SELECT batch_id, ${sql.unsafe(STORED_STATE)} AS stored, ${sql.unsafe(stateNow('c'))} AS state,
               ${sql.unsafe(EXHAUSTED)} AS exhausted
        FROM cards AS c WHERE due_at <= now() AND batch_id IN (SELECT id FROM page)
      ) AS overdue GROUP BY batch_id
    )
    SELECT p.id AS "batchId", p.name, p.type, p.partner_id AS "partnerId", r.name AS "partnerName", p.currency, p.made,
      ${sql.unsafe(
        BATCH_COUNTERS.filter((name) => !CORRECTED.has(name))
          .map((name) => `coalesce(k.${name}, 0) AS ${name}`)
          .join(', '),
      )},
      p.made - coalesce(k.active + k.locked + k.in_grace + k.deactivated + k.closed, 0) + coalesce(d.inactive, 0) AS inactive,
      coalesce(k.active, 0) + coalesce(d.active, 0) AS active,
      coalesce(k.locked, 0) + coalesce(d.locked, 0) AS locked,
      coalesce(k.in_grace, 0) + coalesce(d.in_grace, 0) AS "inGrace",
      coalesce(k.deactivated, 0) + coalesce(d.deactivated, 0) AS deactivated,
      coalesce(d.expired, 0) AS "expiredNow",
      coalesce(k.expired, 0) + coalesce(d.expired, 0) AS expired,
      coalesce(k.exhausted, 0) - coalesce(d.exhausted, 0) AS exhausted
    FROM page AS p LEFT JOIN counted AS k ON k.batch_id = p.id LEFT JOIN due AS d ON d.batch_id = p.id
    LEFT JOIN partners AS r ON r.id = p.partner_id
    ORDER BY p.id DESC`,
  );
}

/** The counters that are corrected for due cards. */
const CORRECTED = new Set<BatchCounter>([
  'active',
  'locked',
  'in_grace',
  'deactivated',
  'expired',
  'exhausted',
]);

/** The total balance of the cards of a batch, in micro-units. */
export function leftOn(batch: BatchRow): bigint {
  const { issued, recharged, adjusted, moved, used, fees, forfeited } = batch;
  return issued + recharged + adjusted + moved - used - fees - forfeited;
}
