import type { LoggedEvent } from '../domain/event.ts';
import {
  alertsAbout,
  type PartnerActivity,
  type PartnerLimits,
} from '../domain/security/partner-activity.ts';
import type { Sql, Transaction } from '../store/postgres/database.ts';
import { raiseAlerts } from '../store/security/security-alerts.ts';

/** Days over which usual activity is averaged. */
const USUAL_DAYS = 7;
/** Payload fields read in SQL. */
const CHANGE: keyof LoggedEvent<'CARD_RECHARGED'>['payload'] = 'change';
const REPLACED_BY: keyof LoggedEvent<'CARD_REPLACED'>['payload'] = 'replacedBy';
/** Maximum events counted per transaction. */
const AT_ONCE = 200_000;

/**
 * Counts the recharges and replacements of each partner per hour, from the event log, and raises alerts when they are
 * unusual. The log is read asynchronously, so that no recharge waits for it; the position reached is stored with the
 * counts, so that each event counts once, whichever instance runs and whenever one dies.
 */
export async function watchPartners(
  { sql, limits }: { sql: Sql; limits: PartnerLimits },
  signal?: AbortSignal,
): Promise<void> {
  while (!signal?.aborted) {
    const more = await sql.begin((tx) => countOnce(tx, limits));
    if (!more) return;
  }
}

/** @returns whether there may be more to count */
async function countOnce(tx: Transaction, limits: PartnerLimits): Promise<boolean> {
  await tx`
    INSERT INTO partner_watch (id, position) SELECT 1, position FROM event_head WHERE id = 1 ON CONFLICT DO NOTHING`;
  // If another instance holds the row, it does the counting.
  const [read] = await tx<{ from: bigint; to: bigint; head: bigint }[]>`
    SELECT w.position AS "from", least(h.position, w.position + ${AT_ONCE}) AS "to", h.position AS head
    FROM partner_watch AS w, event_head AS h WHERE w.id = 1 AND h.id = 1 FOR UPDATE OF w SKIP LOCKED`;
  if (!read || read.from === read.to) return false;
  const [from, to] = [read.from.toString(), read.to.toString()];
  const counted = await tx<{ partnerId: string }[]>`
    INSERT INTO partner_hours AS p (partner_id, hour, recharges, amount, replacements)
    SELECT partner_id, date_trunc('hour', at), count(*) FILTER (WHERE type = 'CARD_RECHARGED'),
      coalesce(sum((payload->>${CHANGE}::text)::numeric) FILTER (WHERE type = 'CARD_RECHARGED'), 0),
      count(*) FILTER (WHERE type = 'CARD_REPLACED')
    FROM events
    WHERE position > ${from}::bigint AND position <= ${to}::bigint AND partner_id IS NOT NULL
      AND (type = 'CARD_RECHARGED' OR (type = 'CARD_REPLACED' AND payload ? ${REPLACED_BY}::text))
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (partner_id, hour) DO UPDATE SET recharges = p.recharges + excluded.recharges,
      amount = p.amount + excluded.amount, replacements = p.replacements + excluded.replacements
    RETURNING partner_id AS "partnerId"`;
  await tx`UPDATE partner_watch SET position = ${to}::bigint WHERE id = 1`;
  const ids = [...new Set(counted.map(({ partnerId }) => partnerId))];
  const activities = ids.length === 0 ? [] : await readActivities(tx, ids);
  await raiseAlerts(
    tx,
    activities.flatMap((activity) => alertsAbout(activity, limits)),
  );
  return read.to < read.head;
}

async function readActivities(tx: Transaction, ids: readonly string[]): Promise<PartnerActivity[]> {
  const rows = await tx<
    {
      partnerId: string;
      replacementsToday: number;
      recharges: number;
      amount: number;
      usualRecharges: number;
      usualAmount: number;
    }[]
  >`
    WITH hours AS (
      SELECT *, hour = date_trunc('hour', now()) AS present FROM partner_hours
      WHERE partner_id = ANY(${[...ids]}::uuid[]) AND hour > now() - make_interval(days => ${USUAL_DAYS})
    )
    SELECT partner_id AS "partnerId",
      coalesce(sum(replacements) FILTER (WHERE hour >= date_trunc('day', now(), 'UTC')), 0)::int AS "replacementsToday",
      coalesce(sum(recharges) FILTER (WHERE present), 0)::int AS recharges,
      coalesce(sum(amount) FILTER (WHERE present), 0)::float8 AS amount,
      coalesce(sum(recharges) FILTER (WHERE NOT present), 0)::float8 / ${USUAL_DAYS * 24}::int AS "usualRecharges",
      coalesce(sum(amount) FILTER (WHERE NOT present), 0)::float8 / ${USUAL_DAYS * 24}::int AS "usualAmount"
    FROM hours GROUP BY partner_id ORDER BY partner_id`;
  return rows.map(({ partnerId, replacementsToday, recharges, amount, usualRecharges, usualAmount }) => ({
    partnerId,
    replacementsToday,
    thisHour: { recharges, amount },
    usual: { recharges: usualRecharges, amount: usualAmount },
  }));
}

/** Deletes hours that no longer count. */
export async function purgePartnerHours(sql: Sql): Promise<void> {
  await sql`DELETE FROM partner_hours WHERE hour < now() - make_interval(days => ${USUAL_DAYS + 1})`;
}
