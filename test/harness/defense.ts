import { SYSTEM_ACTOR } from '../../src/domain/event.ts';
import type { Attempt } from '../../src/domain/security/guessing.ts';
import type { EnteredPin } from '../../src/store/pins/caller-lookup.ts';
import { PinDefense, type PinDefenseOptions } from '../../src/store/pins/pin-defense.ts';
import type { Sql } from '../../src/store/postgres/database.ts';
import { plainDigester } from './cards.ts';

/** The defense of an instance, without the peppered vault and without locks. */
export function defenseOf(sql: Sql, options: Partial<PinDefenseOptions> = {}): PinDefense {
  return new PinDefense({
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
export async function isGranted(defense: PinDefense, attempt: Attempt, keyed: EnteredPin): Promise<boolean> {
  using comparison = await defense.compare(attempt, keyed);
  if (comparison.card) comparison.grant();
  else await comparison.refuse();
  return comparison.card !== undefined;
}
