import type { Role, Scope } from '../../domain/access/role.ts';
import type { Branch } from '../../domain/partners/branch.ts';
import type { Spender } from '../../domain/security/guess-shares.ts';
import type { PhoneNumberForm } from '../../domain/values/phone-number-form.ts';
import type { LiveStats } from '../../realtime/live-stats.ts';
import type { Log } from '../../realtime/log-follower.ts';
import type { Actors } from '../../store/access/actors.ts';
import type { AuditLog } from '../../store/audit/audit-log.ts';
import type { SerialQueue } from '../../store/batching/serial-queue.ts';
import type { SingleFlight } from '../../store/batching/single-flight.ts';
import type { Calls } from '../../store/calls/calls.ts';
import type { CardLookup } from '../../store/cards/card-lookup.ts';
import type { FileSeal } from '../../store/files/file-seal.ts';
import type { UploadQuota } from '../../store/files/upload-quota.ts';
import type { CardTokens } from '../../store/keys/card-token.ts';
import type { KeyRing } from '../../store/keys/key-ring.ts';
import type { PartnerTree } from '../../store/partners/partner-tree.ts';
import type { PinDefense } from '../../store/pins/pin-defense.ts';
import type { PinReveals } from '../../store/pins/pin-reveals.ts';
import type { Database } from '../../store/postgres/database.ts';
import type { RateBook } from '../../store/rates/rate-book.ts';
import type { BindingAttempts } from '../../store/security/binding-attempts.ts';
import type { Verification } from '../../store/verification.ts';
import type { AuditedRunner } from '../../store/writer/audit-trail.ts';
import type { Actor } from '../../store/writer/commands/once.ts';
import type { Deadline } from './deadline.ts';

/** The authenticated viewer, whatever the transport. */
export interface Viewer {
  /** The actor, as events and the audit trail name it: the key, the person at the identity provider, or the card. */
  readonly actorId: string;
  /** Shared by keys that were rotated one from the other; for other viewers, the actor's id. */
  readonly lineageId: string;
  /** Shared by keys that were created one by the other; for other viewers, the actor's id. */
  readonly familyId: string;
  /** Null if the viewer did not authenticate with an API key. */
  readonly apiKeyId: string | null;
  /** The first characters of that key. */
  readonly keyPrefix: string | null;
  readonly role: Role;
  /** The scopes that the key is restricted to; null: only its role limits it. */
  readonly scopes: readonly Scope[] | null;
  /** The networks that the key may be used from; null: any network, or no API key. */
  readonly networks: readonly string[] | null;
  /** When the key expires; null: never, or no API key. */
  readonly expiresAt: Date | null;
  /** Whose calls it may continue: its own, or those of its group of switches. If omitted, this actor's. */
  readonly callScope?: string | undefined;
  /** How the numbers are written that a switch reports and passes on; null or omitted: AS_DIALED. */
  readonly callerNumberForm?: PhoneNumberForm | null | undefined;
  readonly dialedNumberForm?: PhoneNumberForm | null | undefined;
  /** When the token of a person at the identity provider expires; omitted for other viewers. */
  readonly sessionEndsAt?: Date | undefined;
  /** The partner that a PARTNER acts for; null for other roles. */
  readonly partnerId: string | null;
  /** That partner and those below it, whose data the viewer may see and change; null for other roles. */
  readonly branch: Branch | null;
  /** The card of a CARDHOLDER; null for other roles. */
  readonly cardId: string | null;
  readonly name: string;
}

/** The services that resolvers call, created once at startup. */
export interface Services {
  readonly database: Database;
  readonly writer: AuditedRunner;
  readonly audit: AuditLog;
  readonly actors: Actors;
  readonly log: Log;
  readonly stats: LiveStats;
  readonly cards: CardLookup;
  readonly calls: Calls;
  readonly defense: PinDefense;
  readonly bindingAttempts: BindingAttempts;
  readonly tokens: CardTokens;
  readonly pinKeys: KeyRing;
  readonly reveals: PinReveals;
  readonly partners: PartnerTree;
  readonly rateBook: RateBook;
  /** The key that encrypts uploaded files. */
  readonly seal: FileSeal;
  /** How much uploaded data may wait to be imported. */
  readonly uploadQuota: UploadQuota;
  /** Runs imports of rate decks one at a time. */
  readonly imports: SerialQueue;
  /** The number of days within which a recharge can be reversed. */
  readonly reversalDays: number;
  readonly verification: SingleFlight<Verification>;
  /** The base URL of links, without a trailing slash. */
  readonly publicUrl: string;
  /** Notifies this instance that a batch has been ordered. */
  batchOrdered(): void;
  /** Notifies this instance that a card import has been ordered. */
  importOrdered(): void;
  /** Notifies this instance that a key has ended, before the response is sent. The others learn of it from the log. */
  keyEnded(): void;
  /**
   * ISO 3166-1 alpha-2 code of the country in which national numbers are interpreted; null: only international forms.
   */
  readonly defaultCountry: string | null;
}

/** The viewer and the identity of a request. */
interface OperationInfo {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** The IP address the operation came from. */
  readonly address: string;
  /** For a subscription that is opened again: the log position after which it continues, instead of the requested one. */
  readonly resumeAfter?: bigint | undefined;
  /** The time after which the operation may start nothing new; it does not limit a subscription's events. */
  readonly deadline?: Deadline | undefined;
}

/**
 * The parts of a viewer that decide what it may see. Subscribers with equal rights receive the same data and may share
 * one execution. Every property counts unless it is excluded here by name, so that a new one separates viewers until
 * someone reviews it. Networks and expiry are checked for each connection separately.
 */
export function rightsOf(viewer: Viewer): string {
  const {
    actorId,
    lineageId,
    familyId,
    apiKeyId,
    keyPrefix,
    name,
    networks,
    expiresAt,
    sessionEndsAt,
    callScope,
    branch,
    ...rights
  } = viewer;
  return JSON.stringify({ ...rights, branch: branch?.rootId ?? null });
}

export interface GraphContext extends Services, OperationInfo {
  /** The same context for an operation whose commands go through another runner. */
  through(writer: AuditedRunner): GraphContext;
}

/**
 * Creates the context of each operation. The services are on the prototype shared by all contexts: copying them took 5%
 * of the time of a recharge.
 */
export function contextMaker(services: Services): (operation: OperationInfo) => GraphContext {
  class OperationContext implements OperationInfo {
    readonly viewer: Viewer;
    readonly requestId: string;
    readonly address: string;
    readonly resumeAfter: bigint | undefined;
    readonly deadline: Deadline | undefined;
    readonly writer: AuditedRunner;

    constructor({ viewer, requestId, address, resumeAfter, deadline }: OperationInfo, writer: AuditedRunner) {
      this.viewer = viewer;
      this.requestId = requestId;
      this.address = address;
      this.resumeAfter = resumeAfter;
      this.deadline = deadline;
      this.writer = writer;
    }

    through(writer: AuditedRunner): GraphContext {
      return new OperationContext(this, writer) as unknown as GraphContext;
    }
  }
  Object.defineProperties(OperationContext.prototype, Object.getOwnPropertyDescriptors(services));
  return (operation) => new OperationContext(operation, services.writer) as unknown as GraphContext;
}

/** The viewer as a user of a shared budget. */
export function spender({ viewer, partners }: Pick<GraphContext, 'viewer' | 'partners'>): Spender {
  const { lineageId, partnerId } = viewer;
  return { lineageId, partners: partnerId === null ? [] : partners.upwards(partnerId) };
}

/** The viewer as the actor of a command. Idempotency keys belong to the owner, but those of a switch are its own. */
export function actorOf({ actorId, partnerId, branch, role, lineageId, callScope }: Viewer): Actor {
  return { actorId, partnerId, branch, callScope, ...(role === 'SWITCH' && { keysOf: lineageId }) };
}
