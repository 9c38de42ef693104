import { z } from 'zod';
import type { Role } from './access/role.ts';
import type { BatchState } from './batches/card-batch.ts';
import { CALL_PAYLOADS } from './calls/call-event.ts';
import { CARD_PAYLOADS } from './cards/card-event.ts';
import { IMPORT_PAYLOADS } from './imports/import-event.ts';
import type { SecurityAlertKind } from './security/security-alert.ts';
import { added, amount, count, text, word } from './values/payload-fields.ts';

const ofApiKey = z.object({ apiKeyId: text, prefix: text, role: word<Role>() });
const ofPartner = z.object({ parentId: text.nullable() });
const ofWallet = z.object({ transferId: text, change: amount, walletBalance: amount, currency: text });

/**
 * The types of events and the payload of each. A type never changes its meaning; a new meaning gets a new type. A field
 * that a type gains later is `added`, so that older events can still be read. Payloads carry ids, amounts, balances and
 * versions, never a PIN.
 */
const PAYLOADS = {
  ...CARD_PAYLOADS,
  ...CALL_PAYLOADS,
  ...IMPORT_PAYLOADS,
  PARTNER_CREATED: z.object({ name: text, currency: text }),
  PARTNER_TOPPED_UP: ofWallet,
  PARTNER_PAID: ofWallet,
  PARTNER_CHANGED: ofPartner,
  PARTNER_SUSPENDED: ofPartner,
  PARTNER_RESUMED: ofPartner,
  PARTNER_MOVED: ofPartner,
  PARTNER_REMOVED: z.object({ name: text, parentId: text.nullable() }),
  API_KEY_CREATED: ofApiKey,
  API_KEY_ROTATED: ofApiKey,
  API_KEY_REVOKED: ofApiKey,
  BATCH_CREATED: z.object({ state: word<BatchState>(), made: count, quantity: count, name: text }),
  BATCH_CHANGED: z.object({ lowBalanceThreshold: amount.nullable(), name: added(text.nullable(), null) }),
  BATCH_REMOVED: z.object({ name: text }),
  BATCH_PROGRESS: z.object({
    state: word<BatchState>(),
    made: count,
    quantity: count,
    /** ISO 8601. Left out when it was canceled. */
    startedAt: text.optional(),
  }),
  BATCH_EXPORTED: z.object({ linkId: text }),
  RATES_IMPORTED: z.object({ rateGroupId: text, imported: count, withdrawn: count, version: count }),
  RATE_CHANGED: z.object({ rateGroupId: text, prefix: text, version: count }),
  RATE_GROUP_RENAMED: z.object({ rateGroupId: text, name: text }),
  RATE_GROUP_REMOVED: z.object({ rateGroupId: text, name: text }),
  CALL_TERMS_CHANGED: z.object({ rateGroupId: text, version: count }),
  PINS_FAILED: z.object({ count }),
  SECURITY_ALERT: z.object({
    alertId: text,
    kind: word<SecurityAlertKind>(),
    message: added(text.nullable(), null),
    cardId: text.optional(),
    batchId: text.optional(),
    partnerId: text.optional(),
  }),
};

export type EventType = keyof typeof PAYLOADS;

/** What every event has beside its payload. */
interface Envelope {
  /** The API key, person or card that caused it, or SYSTEM_ACTOR for background work. */
  readonly actorId: string;
  readonly cardId?: string;
  readonly batchId?: string;
  /** The partner who may see it. */
  readonly partnerId?: string;
  /** Running numbers within the batch, inclusive, when it is about a range of cards. */
  readonly fromNumber?: number;
  readonly toNumber?: number;
}

/** An event before it has a position. */
export type NewEvent<Type extends EventType = EventType> = {
  [Each in Type]: Envelope & { readonly type: Each; readonly payload: z.input<(typeof PAYLOADS)[Each]> };
}[Type];

interface LogPosition {
  readonly position: bigint;
  readonly at: Date;
}

/** An event as it is read from the log. */
export type LoggedEvent<Type extends EventType = EventType> = {
  [Each in Type]: Envelope &
    LogPosition & { readonly type: Each; readonly payload: z.output<(typeof PAYLOADS)[Each]> };
}[Type];

/**
 * An event of a type that a later version added, which this version can't read. It keeps its position in the log, so
 * that positions have no gaps, and is delivered to nobody.
 */
interface UnreadableEvent extends Envelope, LogPosition {
  readonly type: 'UNREADABLE';
  readonly payload: Readonly<Record<string, never>>;
}
export type LogEntry = LoggedEvent | UnreadableEvent;

/** An event as stored: its type and payload may be of any version. */
interface StoredEvent extends Envelope, LogPosition {
  readonly type: string;
  readonly payload: unknown;
}

/** The only place that reads a payload: here JSON becomes an event. */
export function readEvent(stored: StoredEvent): LogEntry {
  const { type } = stored;
  const read = isEventType(type) ? PAYLOADS[type].safeParse(stored.payload) : undefined;
  if (!read?.success) return { ...stored, type: 'UNREADABLE', payload: {} };
  return { ...stored, type, payload: read.data } as LoggedEvent;
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(PAYLOADS, type);
}

/** The actor of jobs and of the first start: the nil UUID. */
export const SYSTEM_ACTOR = '00000000-0000-0000-0000-000000000000';
