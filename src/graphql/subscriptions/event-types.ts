import type { EventType } from '../../domain/event.ts';
import { builder } from '../core/builder.ts';
import type { RoleLetters } from '../core/role-letters.ts';

/** What can happen to a card. Whoever may see the card may see it. */
export const CARD_EVENTS = {
  CARDS_IMPORTED: { description: 'Taken over from another system, with what was on it.' },
  CARDS_ACTIVATED: { description: 'Activated, alone or among others.' },
  CARDS_DEACTIVATED: { description: 'Taken out of service, alone or among others.' },
  CARD_FIRST_USED: { description: 'Authenticated for the first time: its validity began.' },
  CARD_RECHARGED: { description: 'Recharged.' },
  RECHARGE_REVERSED: { description: 'A recharge was taken back.' },
  VOUCHER_REDEEMED: { description: 'It got the value of a voucher.' },
  CARD_BALANCE_ADJUSTED: { description: 'Its balance was corrected by hand.' },
  FEE_CHARGED: { description: 'A fee was taken; `reason` says for what.' },
  LOW_BALANCE: { description: "Its balance fell below its batch's threshold." },
  CARD_LOCKED: { description: 'Locked.' },
  CARD_UNLOCKED: { description: 'Unlocked, by hand or by time.' },
  CARD_GRACE_STARTED: { description: 'Its validity ended.' },
  CARD_CLOSED: {
    description: 'Closed: its grace ended and its balance was forfeited, or, of a voucher, it was redeemed.',
  },
  CALL_AUTHORIZED: { description: 'A call was allowed, and its quota held.' },
  CALL_REFUSED: { description: 'A call was refused.' },
  CALL_EXTENDED: { description: 'A call was given more time, and more was held.' },
  CALL_COMPLETED: { description: 'A call ended and was charged.' },
  CALL_CANCELLED: { description: 'A call was never answered; its hold was released.' },
  CALL_ABANDONED: { description: 'A call whose switch fell silent was settled.' },
  CALL_TERMINATING: { description: 'An operator asked for the end of a call.' },
  CARD_REPLACED: {
    description:
      'Another card was put in its place, or it in the place of another; or money that came late went on to that card.',
  },
  NUMBER_BOUND: { description: 'A telephone number was bound to it.' },
  NUMBER_UNBOUND: { description: 'A telephone number was unbound from it.' },
} satisfies Partial<Record<EventType, { description: string }>>;

export type CardEventType = keyof typeof CARD_EVENTS;
export const CARD_EVENT_TYPES = Object.keys(CARD_EVENTS) as CardEventType[];

/** What else can happen. The letters are the roles of permissions.ts. */
const OTHER_EVENTS = {
  BATCH_CREATED: { roles: 'ASUP--', description: 'A batch was ordered.' },
  BATCH_CHANGED: { roles: 'ASUP--', description: 'What may change about a batch was changed.' },
  BATCH_PROGRESS: { roles: 'ASUP--', description: 'A batch got on, or ended.' },
  CARD_IMPORT_PROGRESS: { roles: 'A-U---', description: 'An import of cards got on, or ended.' },
  BATCH_EXPORTED: { roles: 'ASUP--', description: 'The file of a batch, with its PINs, was fetched.' },
  PARTNER_CREATED: { roles: 'ASUP--', description: 'A partner was added.' },
  PARTNER_TOPPED_UP: { roles: 'ASUP--', description: "Money came into a partner's wallet." },
  PARTNER_PAID: { roles: 'ASUP--', description: "Money went out of a partner's wallet." },
  PARTNER_CHANGED: { roles: 'ASUP--', description: 'What a partner may do was changed.' },
  PARTNER_SUSPENDED: { roles: 'ASUP--', description: 'A partner was suspended.' },
  PARTNER_RESUMED: { roles: 'ASUP--', description: 'The suspension of a partner was ended.' },
  PARTNER_MOVED: { roles: 'ASUP--', description: 'A partner was put below another.' },
  API_KEY_CREATED: { roles: 'A-UP--', description: 'A key was made.' },
  API_KEY_ROTATED: { roles: 'A-UP--', description: 'A key got a successor.' },
  API_KEY_REVOKED: { roles: 'A-UP--', description: 'A key was revoked.' },
  RATES_IMPORTED: { roles: 'ASU---', description: 'A price list was imported.' },
  CALL_TERMS_CHANGED: { roles: 'ASU---', description: 'The call terms of a rate group were changed.' },
  PINS_FAILED: {
    roles: 'ASU---',
    description: 'PINs were refused: at most one event a second tells how many.',
  },
  SECURITY_ALERT: { roles: 'ASU---', description: 'People should look at something.' },
} satisfies Record<Exclude<EventType, CardEventType>, { roles: RoleLetters; description: string }>;

export const EventTypeEnum = builder.enumType('EventType', {
  description: 'What can happen. A type never changes its meaning.',
  values: { ...CARD_EVENTS, ...OTHER_EVENTS },
});

const LETTERS_OF_CARDS = 'ASUP-C';

/** Who may see events of each type, those that are of its own cards, batches and partners. */
export const EVENT_ROLES: ReadonlyMap<EventType, RoleLetters> = new Map([
  ...CARD_EVENT_TYPES.map((type) => [type as EventType, LETTERS_OF_CARDS] as const),
  ...Object.entries(OTHER_EVENTS).map(([type, { roles }]) => [type as EventType, roles] as const),
]);
