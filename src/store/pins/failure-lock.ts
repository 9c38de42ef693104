import type { Card } from '../../domain/cards/card.ts';
import { SYSTEM_ACTOR } from '../../domain/event.ts';
import { counted } from '../../domain/rejections/counted.ts';
import { MOST_LOCKS } from '../../domain/security/guessing.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { raiseAlerts } from '../security/security-alerts.ts';
import type { CommandRunner } from '../writer/command.ts';
import { failureLockCommand } from '../writer/commands/cards.ts';

interface FailureLock {
  readonly cardId: string;
  readonly minutes: number;
  /** Of the credential that submitted the wrong PINs. */
  readonly lineageId: string;
  /** The window in which the locks caused by one credential are counted. */
  readonly windowSeconds: number;
}

/**
 * Locks a card whose serial was tried with too many wrong PINs, and raises an alert if the card was not locked already.
 *
 * Each credential can lock only a few cards per window: somebody who reads serials and enters wrong PINs must not lock
 * out their owners. That credential can't try the serial any further, whether or not the card gets locked. The last
 * permitted lock raises an alert.
 */
export async function lockForFailures(
  { sql, writer }: { sql: Sql; writer: Pick<CommandRunner, 'run'> },
  lock: FailureLock,
): Promise<void> {
  const locks = await takeLock(sql, lock);
  if (locks === undefined) return;
  const { cardId, minutes } = lock;
  const card = await writer.run(failureLockCommand(SYSTEM_ACTOR, { cardId, minutes }));
  if (!card) return giveLockBack(sql, lock);
  await sql.begin((tx) => raiseLockAlerts(tx, card, lock, locks));
}

/** @returns the number of locks in the window, including this one; undefined: the limit is reached */
async function takeLock(sql: Sql, { lineageId, windowSeconds }: FailureLock): Promise<number | undefined> {
  const [taken] = await sql<{ locks: number }[]>`
    INSERT INTO failure_locks AS f (lineage_id, locks, since) VALUES (${lineageId}, 1, clock_timestamp())
    ON CONFLICT (lineage_id) DO UPDATE SET
      locks = CASE WHEN f.since > now() - make_interval(secs => ${windowSeconds}) THEN f.locks + 1 ELSE 1 END,
      since = CASE WHEN f.since > now() - make_interval(secs => ${windowSeconds}) THEN f.since ELSE clock_timestamp() END
    WHERE f.locks < ${MOST_LOCKS} OR f.since <= now() - make_interval(secs => ${windowSeconds})
    RETURNING locks`;
  return taken?.locks;
}

async function giveLockBack(sql: Sql, { lineageId }: FailureLock): Promise<void> {
  await sql`UPDATE failure_locks SET locks = locks - 1 WHERE lineage_id = ${lineageId} AND locks > 0`;
}

function raiseLockAlerts(
  tx: Transaction,
  { id: cardId, serial, partnerId, version }: Card,
  { minutes, lineageId, windowSeconds }: FailureLock,
  locks: number,
): Promise<number> {
  return raiseAlerts(tx, [
    {
      kind: 'CARD_LOCKED_BY_FAILURES',
      subject: `${cardId} ${version}`,
      windowSeconds: minutes * 60,
      message: `Card ${serial} is locked for ${counted(minutes, 'minute')} after wrong PINs with its serial.`,
      cardId,
      ...(partnerId !== null && { partnerId }),
    },
    ...(locks < MOST_LOCKS
      ? []
      : [
          {
            kind: 'GUESSING' as const,
            subject: `LOCKS ${lineageId}`,
            windowSeconds,
            message: `Wrong PINs from one credential locked ${counted(locks, 'card')}. For ${counted(Math.ceil(windowSeconds / 60), 'minute')}, its further wrong PINs lock no cards and only block its own access to their serials.`,
            source: { kind: 'CREDENTIAL' as const, source: lineageId },
            actorId: lineageId,
          },
        ]),
  ]);
}
