import { SYSTEM_ACTOR } from '../../src/domain/event.ts';
import type { Attempt } from '../../src/domain/security/guessing.ts';
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
