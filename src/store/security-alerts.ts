import { type NewEvent, SYSTEM_ACTOR } from '../domain/event.ts';
import type { NewSecurityAlert } from '../domain/security-alert.ts';
import type { Sql, Transaction } from './database.ts';
import { appendEvents } from './event-log.ts';
import { newId } from './new-id.ts';

/**
 * Raises alerts within a transaction, each once for its subject in a window, and tells those who watch. Appends to the
 * event log: nothing else may be locked after it.
 *
 * @returns how many were new
 */
export async function raiseAlerts(tx: Transaction, alerts: readonly NewSecurityAlert[]): Promise<number> {
  const raised: NewEvent[] = [];
  for (const alert of alerts) {
    const id = await insertOnce(tx, alert);
    if (id) raised.push(securityAlertEvent(id, alert));
  }
  if (raised.length > 0) await appendEvents(tx, raised);
  return raised.length;
}

async function insertOnce(tx: Transaction, alert: NewSecurityAlert): Promise<string | undefined> {
  const { kind, subject, windowSeconds, message, source, cardId, partnerId, actorId } = alert;
  const [inserted] = await tx<{ id: string }[]>`
    INSERT INTO security_alerts (id, kind, subject, window_start, at, message, source_kind, source, card_id, partner_id,
      actor_id)
    VALUES (${newId()}, ${kind}, ${subject}, date_bin(make_interval(secs => ${windowSeconds}), now(), 'epoch'),
      clock_timestamp(), ${message}, ${source?.kind ?? null}, ${source?.source ?? null}, ${cardId ?? null},
      ${partnerId ?? null}, ${actorId ?? null})
    ON CONFLICT (kind, subject, window_start) DO NOTHING RETURNING id`;
  return inserted?.id;
}

/** Carries the alert's id alone: whoever may see alerts reads it, and nobody else learns what it is about. */
function securityAlertEvent(id: string, { kind }: NewSecurityAlert): NewEvent {
  return { type: 'SECURITY_ALERT', actorId: SYSTEM_ACTOR, payload: { alertId: id, kind } };
}

/** Forgets alerts of before a number of days. */
export async function purgeSecurityAlerts(sql: Sql, days: number): Promise<void> {
  await sql`DELETE FROM security_alerts WHERE at < now() - make_interval(days => ${days})`;
}
