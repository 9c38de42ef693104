import { type NewEvent, SYSTEM_ACTOR } from '../../domain/event.ts';
import type { NewSecurityAlert } from '../../domain/security/security-alert.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { newId } from '../postgres/new-id.ts';

/**
 * Raises alerts within a transaction, each once for its subject in a window, and publishes them. Appends to the event
 * log: take no other lock after it.
 *
 * @returns how many were new
 */
export async function raiseAlerts(tx: Transaction, alerts: readonly NewSecurityAlert[]): Promise<number> {
  const raised: NewEvent[] = [];
  for (const alert of alerts) {
    const inserted = await insertOnce(tx, alert);
    if (inserted) raised.push(securityAlertEvent(inserted, alert));
  }
  if (raised.length > 0) await appendEvents(tx, raised);
  return raised.length;
}

interface Inserted {
  readonly id: string;
  /** The batch of the card it is about. */
  readonly batchId: string | null;
}

async function insertOnce(tx: Transaction, alert: NewSecurityAlert): Promise<Inserted | undefined> {
  const { kind, subject, windowSeconds, message, source, cardId, partnerId, actorId } = alert;
  const [inserted] = await tx<Inserted[]>`
    INSERT INTO security_alerts (id, kind, subject, window_start, at, message, source_kind, source, card_id, partner_id,
      actor_id)
    VALUES (${newId()}, ${kind}, ${subject}, date_bin(make_interval(secs => ${windowSeconds}), now(), 'epoch'),
      clock_timestamp(), ${message}, ${source?.kind ?? null}, ${source?.source ?? null}, ${cardId ?? null},
      ${partnerId ?? null}, ${actorId ?? null})
    ON CONFLICT (kind, subject, window_start) DO NOTHING
    RETURNING id, (SELECT batch_id FROM cards WHERE cards.id = card_id) AS "batchId"`;
  return inserted;
}

/**
 * Only the payload says what the alert is about: the event's columns name no owner, so that neither the partner nor the
 * holder of the card sees it. The source, which may be a caller's number, is read from the alert itself.
 */
function securityAlertEvent({ id, batchId }: Inserted, alert: NewSecurityAlert): NewEvent {
  const { kind, message, cardId, partnerId } = alert;
  return {
    type: 'SECURITY_ALERT',
    actorId: SYSTEM_ACTOR,
    payload: {
      alertId: id,
      kind,
      message,
      ...(cardId !== undefined && { cardId }),
      ...(batchId !== null && { batchId }),
      ...(partnerId !== undefined && { partnerId }),
    },
  };
}

/** Deletes alerts older than a number of days. */
export async function purgeSecurityAlerts(sql: Sql, days: number): Promise<void> {
  await sql`DELETE FROM security_alerts WHERE at < now() - make_interval(days => ${days})`;
}
