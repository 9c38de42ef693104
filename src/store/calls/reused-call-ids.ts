import type { CallIdReused } from '../../domain/rejections/calls.ts';
import type { Sql } from '../postgres/database.ts';
import { raiseAlerts } from '../security/security-alerts.ts';
import type { Actor } from '../writer/commands/once.ts';

/** One alert an hour for each switch, or group of switches: a gateway that restarted reuses many ids. */
const WINDOW_SECONDS = 3_600;

/**
 * Raises an alert about a switch that sent the id of another call: either its ids are not unique, so that its calls are
 * refused, or it repeats a request with another card or number.
 */
export async function reportReusedId(
  sql: Sql,
  { error, actor, scope, cardId }: { error: CallIdReused; actor: Actor; scope: string; cardId: string },
): Promise<void> {
  const { switchCallId, authorizedAt, hasEnded } = error.data;
  const shown = JSON.stringify(switchCallId.slice(0, 100));
  await sql.begin((tx) =>
    raiseAlerts(tx, [
      {
        kind: 'CALL_ID_REUSED',
        subject: scope,
        windowSeconds: WINDOW_SECONDS,
        message: `A switch asked for a call with the id ${shown}, which belongs to another call (requested at ${authorizedAt}, ${hasEnded ? 'ended' : 'in progress'}). The call was refused. If the gateway restarted, its ids started again: make them unique.`,
        cardId,
        actorId: actor.actorId,
      },
    ]),
  );
}
