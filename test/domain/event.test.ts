import { describe, expect, test } from 'vitest';
import { cardEvent, snapshotOfCard, transferDetails } from '../../src/domain/cards/card-event.ts';
import { type NewEvent, readEvent, SYSTEM_ACTOR } from '../../src/domain/event.ts';
import { cardLike } from '../harness/cards.ts';

const place = { position: 1n, at: new Date(0), actorId: SYSTEM_ACTOR };
const stored = (event: NewEvent) => ({
  ...place,
  ...event,
  payload: JSON.parse(JSON.stringify(event.payload)),
});
const card = cardLike({ balance: 1_999_999n, validUntil: new Date(0) });
const transfer = {
  id: 't0',
  kind: 'RECHARGE',
  debit: { operator: { kind: 'CASH', currency: 'EUR' } },
  credit: { card },
  amount: 1n,
  currency: 'EUR',
} as const;

describe('an event of the log', () => {
  test('is read as it was written', () => {
    const recharged = cardEvent('CARD_RECHARGED', card, SYSTEM_ACTOR, {
      ...transferDetails(transfer, 10_000_000n),
      payerId: 'p0',
      walletBalance: '-0.50',
    });
    expect(readEvent(stored(recharged))).toEqual({ ...place, ...recharged });
    expect(recharged.payload).toEqual({
      card: { serial: card.serial, ...snapshotOfCard(card) },
      transferId: 't0',
      kind: 'RECHARGE',
      change: '10.00',
      payerId: 'p0',
      walletBalance: '-0.50',
    });
    expect(recharged.payload.card).toMatchObject({
      balance: '1.999999',
      validUntil: '1970-01-01T00:00:00.000Z',
    });
  });

  test('of before a field was added reads as one without it', () => {
    const each = { currency: 'EUR', balance: '5.00', held: '0.00', version: 1, status: 'ACTIVE' };
    const type = 'CARDS_ACTIVATED';
    expect(readEvent({ ...place, type, payload: { count: 3, each, change: '5.00' } })).toMatchObject({
      type,
      payload: { each: { ...each, validUntil: null, graceUntil: null, lockReason: null, unlockAt: null } },
    });
    const alert = { alertId: 'a0', kind: 'GUESSING' };
    expect(readEvent({ ...place, type: 'SECURITY_ALERT', payload: alert })).toMatchObject({
      type: 'SECURITY_ALERT',
      payload: { ...alert, message: null },
    });
  });

  test('with a field or a word of a later version is read without the one and with the other', () => {
    const [event] = [stored({ type: 'PINS_FAILED', actorId: SYSTEM_ACTOR, payload: { count: 3 } })];
    expect(readEvent({ ...event, payload: { count: 3, later: true } })).toMatchObject({
      payload: { count: 3 },
    });
    const made = { state: 'PAUSED', made: 1, quantity: 2 };
    expect(readEvent({ ...place, type: 'BATCH_PROGRESS', payload: made })).toMatchObject({ payload: made });
  });

  test.each([
    ['a type of a later version', 'CARD_TELEPORTED', {}],
    ['a field missing', 'CARD_RECHARGED', { change: '1.00' }],
    ['a field of another kind', 'PINS_FAILED', { count: '3' }],
    ['no payload', 'PINS_FAILED', null],
    ['the name of what every object has', 'constructor', {}],
  ])('with %s keeps its place and can not be read', (_what, type, payload) => {
    expect(readEvent({ ...place, type, payload })).toEqual({ ...place, type: 'UNREADABLE', payload: {} });
  });
});
