import { SYSTEM_ACTOR } from '../../src/domain/event.ts';
import type { Attempt } from '../../src/domain/security/guessing.ts';
import type { KeyedPin } from '../../src/store/pins/caller-lookup.ts';
import { PinDefence, type PinDefenceOptions } from '../../src/store/pins/pin-defence.ts';
import type { Sql } from '../../src/store/postgres/database.ts';
import { plainDigester } from './cards.ts';

/** The defence of an instance, without the peppered vault and without locks. */
export function defenceOf(sql: Sql, options: Partial<PinDefenceOptions> = {}): PinDefence {
  return new PinDefence({
    sql,
    digester: plainDigester,
    limits: { ceiling: 200_000, windowSeconds: 3_600 },
    serials: { failures: 5, windowSeconds: 900 },
    lock: async () => {},
    onRefused: () => {},
    onError: (error) => {
      throw error;
    },
    ...options,
  });
}

export function attemptLike(changes: Partial<Attempt> = {}): Attempt {
  const { actorId = SYSTEM_ACTOR } = changes;
  return {
    operation: 'AUTHENTICATE_CARD',
    callerNumber: null,
    accessNumber: null,
    actorId,
    lineageId: actorId,
    partners: [],
    address: '192.0.2.1',
    ...changes,
  };
}

/** Compares a PIN, grants it when a card has it, and refuses it otherwise. */
export async function isGranted(defence: PinDefence, attempt: Attempt, keyed: KeyedPin): Promise<boolean> {
  using comparison = await defence.compare(attempt, keyed);
  if (comparison.card) comparison.grant();
  else await comparison.refuse();
  return comparison.card !== undefined;
}
