import type { EventType } from '../../domain/event.ts';
import { builder } from '../core/builder.ts';
import type { RoleLetters } from '../core/role-letters.ts';

/** The kinds of card events, visible to anyone who may see the card. */
export const CARD_EVENTS = {
  CARDS_IMPORTED: { description: 'Imported from another system, with its balance.' },
  CARDS_ACTIVATED: { description: 'Activated, alone or in bulk.' },
  CARDS_DEACTIVATED: { description: 'Taken out of service, alone or in bulk.' },
  CARD_FIRST_USED: { description: 'Authenticated for the first time, which started its validity.' },
  CARD_RECHARGED: { description: 'Recharged.' },
  RECHARGE_REVERSED: { description: 'A recharge was reversed.' },
  VOUCHER_REDEEMED: { description: 'Received the value of a voucher.' },
  CARD_BALANCE_ADJUSTED: { description: 'The balance was corrected manually.' },
  FEE_CHARGED: { description: 'A fee was charged; see `reason`.' },
  LOW_BALANCE: { description: "The balance fell below the batch's threshold." },
  CARD_LOCKED: { description: 'Locked.' },
  CARD_UNLOCKED: { description: 'Unlocked, manually or automatically.' },
  CARD_GRACE_STARTED: { description: 'The validity ended.' },
  CARD_CLOSED: {
    description: 'Closed: the grace period ended and the balance was forfeited, or the voucher was redeemed.',
  },
  CARD_REOPENED: { description: 'Reopened: it had been closed by mistake, and its balance returned.' },
  CALL_AUTHORIZED: { description: 'A call was authorized and its quota held.' },
  CALL_REFUSED: { description: 'A call was refused.' },
  CALL_EXTENDED: { description: 'A call was extended, and more money held.' },
  CALL_COMPLETED: { description: 'A call ended and was charged.' },
  CALL_CANCELLED: { description: 'A call was not answered; its hold was released.' },
  CALL_ABANDONED: { description: 'A call whose switch stopped reporting was settled.' },
  CALL_TERMINATING: { description: 'An operator terminated a call.' },
  CARD_REPLACED: {
    description:
      'Replaced by another card, or became the replacement of another; or late money was forwarded to the replacement.',
  },
  NUMBER_BOUND: { description: 'A telephone number was bound to the card.' },
  NUMBER_UNBOUND: { description: 'A telephone number was unbound from the card.' },
} satisfies Partial<Record<EventType, { description: string }>>;

export type CardEventType = keyof typeof CARD_EVENTS;
export const CARD_EVENT_TYPES = Object.keys(CARD_EVENTS) as CardEventType[];

/** Other kinds of events. The letters are the roles of permissions.ts. */
const OTHER_EVENTS = {
  BATCH_CREATED: { roles: 'ASUP--', description: 'A batch was ordered.' },
  BATCH_CHANGED: { roles: 'ASUP--', description: 'The settings of a batch were changed.' },
  BATCH_REMOVED: { roles: 'ASUP--', description: 'A batch without cards was removed.' },
  BATCH_PROGRESS: { roles: 'ASUP--', description: 'A batch progressed or ended.' },
  CARD_IMPORT_PROGRESS: { roles: 'A-U---', description: 'A card import progressed or ended.' },
  BATCH_EXPORTED: {
    roles: 'ASUP--',
    description: 'The print file of a batch, which contains PINs, was downloaded.',
  },
  PARTNER_CREATED: { roles: 'ASUP--', description: 'A partner was created.' },
  PARTNER_TOPPED_UP: { roles: 'ASUP--', description: "Money was added to a partner's wallet." },
  PARTNER_PAID: { roles: 'ASUP--', description: "Money was taken out of a partner's wallet." },
  PARTNER_CHANGED: { roles: 'ASUP--', description: 'The name, limits or terms of a partner were changed.' },
  PARTNER_SUSPENDED: { roles: 'ASUP--', description: 'A partner was suspended.' },
  PARTNER_RESUMED: { roles: 'ASUP--', description: 'A partner was resumed.' },
  PARTNER_MOVED: { roles: 'ASUP--', description: 'A partner was moved.' },
  PARTNER_REMOVED: { roles: 'ASUP--', description: 'A partner that was never used was removed.' },
  API_KEY_CREATED: { roles: 'A-UP--', description: 'An API key was created.' },
  API_KEY_ROTATED: { roles: 'A-UP--', description: 'An API key was rotated.' },
  API_KEY_REVOKED: { roles: 'A-UP--', description: 'An API key was revoked.' },
  RATES_IMPORTED: { roles: 'ASU---', description: 'A rate deck was imported.' },
  RATE_CHANGED: { roles: 'ASU---', description: 'The price of one prefix was set, or it was withdrawn.' },
  RATE_GROUP_RENAMED: { roles: 'ASU---', description: 'A rate group was renamed.' },
  RATE_GROUP_REMOVED: { roles: 'ASU---', description: 'A rate group was removed with its rates.' },
  CALL_TERMS_CHANGED: { roles: 'ASU---', description: 'The call terms of a rate group were changed.' },
  PINS_FAILED: {
    roles: 'ASU---',
    description: 'PINs were refused; at most one event per second, with a count.',
  },
  SECURITY_ALERT: { roles: 'ASU---', description: 'A security alert was raised.' },
} satisfies Record<Exclude<EventType, CardEventType>, { roles: RoleLetters; description: string }>;

export const EventTypeEnum = builder.enumType('EventType', {
  description: 'The types of events. The meaning of a type never changes.',
  values: { ...CARD_EVENTS, ...OTHER_EVENTS },
});

const LETTERS_OF_CARDS = 'ASUP-C';

/** The roles that may see events of each type, limited to their own cards, batches and partners. */
export const EVENT_ROLES: ReadonlyMap<EventType, RoleLetters> = new Map([
  ...CARD_EVENT_TYPES.map((type) => [type as EventType, LETTERS_OF_CARDS] as const),
  ...Object.entries(OTHER_EVENTS).map(([type, { roles }]) => [type as EventType, roles] as const),
]);
