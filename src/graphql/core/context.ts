import type { Role, Scope } from '../../domain/access/role.ts';
import type { Branch } from '../../domain/partners/branch.ts';
import type { Spender } from '../../domain/security/guess-shares.ts';
import type { LiveStats } from '../../realtime/live-stats.ts';
import type { Log } from '../../realtime/log-follower.ts';
import type { Progress } from '../../realtime/progress.ts';
import type { Actors } from '../../store/access/actors.ts';
import type { AuditLog } from '../../store/audit/audit-log.ts';
import type { OwnerTurns } from '../../store/batching/owner-turns.ts';
import type { SerialQueue } from '../../store/batching/serial-queue.ts';
import type { SingleFlight } from '../../store/batching/single-flight.ts';
import type { Calls } from '../../store/calls/calls.ts';
import type { CardLookup } from '../../store/cards/card-lookup.ts';
import type { FileSeal } from '../../store/files/file-seal.ts';
import type { UploadQuota } from '../../store/files/upload-quota.ts';
import type { CardTokens } from '../../store/keys/card-token.ts';
import type { KeyRing } from '../../store/keys/key-ring.ts';
import type { PartnerTree } from '../../store/partners/partner-tree.ts';
import type { PinDefence } from '../../store/pins/pin-defence.ts';
import type { PinReveals } from '../../store/pins/pin-reveals.ts';
import type { Database } from '../../store/postgres/database.ts';
import type { RateBook } from '../../store/rates/rate-book.ts';
import type { BindingAttempts } from '../../store/security/binding-attempts.ts';
import type { Verification } from '../../store/verification.ts';
import type { AuditedRunner } from '../../store/writer/audit-trail.ts';
import type { Actor } from '../../store/writer/commands/once.ts';
import type { Deadline } from './deadline.ts';

/** Who asks: a credential that was checked, whatever the transport. */
export interface Viewer {
  /** Who acts, as events and the audit trail name it: the key, the person at the identity provider, or the card. */
  readonly actorId: string;
  /** The same for keys that were rotated one from the other; of others who acts. */
  readonly lineageId: string;
  /** The same for keys that made each other; of others who acts. */
  readonly familyId: string;
  /** Null for who came without a key of ours. */
  readonly apiKeyId: string | null;
  /** The first characters of that key. */
  readonly keyPrefix: string | null;
  readonly role: Role;
  /** What the key is restricted to; null: to nothing but its role. */
  readonly scopes: readonly Scope[] | null;
  /** The networks the key may be used from; null: from anywhere, or no key of ours. */
  readonly networks: readonly string[] | null;
  /** When the key ends by itself; null: never, or no key of ours. */
  readonly expiresAt: Date | null;
  /** Whose calls it may go on with: its own, or those of its group of switches. Left out: of this actor. */
  readonly callScope?: string | undefined;
  /** When the token of a person at the identity provider ends; left out for all others. */
  readonly sessionEndsAt?: Date | undefined;
  /** The partner for whom a PARTNER acts; null for everybody else. */
  readonly partnerId: string | null;
  /** That partner and those below it, whose data it may see and touch; null for everybody else. */
  readonly branch: Branch | null;
  /** The card of a CARDHOLDER; null for everybody else. */
  readonly cardId: string | null;
  readonly name: string;
}

/** What resolvers call. Made once at start. */
export interface Services {
  readonly database: Database;
  readonly writer: AuditedRunner;
  readonly audit: AuditLog;
  readonly actors: Actors;
  readonly log: Log;
  readonly stats: LiveStats;
  readonly cards: CardLookup;
  readonly calls: Calls;
  readonly defence: PinDefence;
  readonly bindingAttempts: BindingAttempts;
  readonly tokens: CardTokens;
  readonly pinKeys: KeyRing;
  readonly reveals: PinReveals;
  readonly partners: PartnerTree;
  readonly rateBook: RateBook;
  /** What files that were sent lie under. */
  readonly seal: FileSeal;
  /** How much of what was sent to upload links may wait. */
  readonly uploadQuota: UploadQuota;
  /** Imports of rate decks, one at a time. */
  readonly imports: SerialQueue;
  /** For how many days a recharge can be taken back. */
  readonly reversalDays: number;
  /** Bulk commands, a few of each owner at once. */
  readonly bulkTurns: OwnerTurns;
  readonly verification: SingleFlight<Verification>;
  /** Where links point, without a slash at the end. */
  readonly publicUrl: string;
  /** Tells this instance that there is a batch to make. */
  batchOrdered(): void;
  /** Tells this instance that there is a file of cards to import. */
  importOrdered(): void;
  /** Tells this instance that a key has ended, before the answer says so. The others hear of it from the log. */
  keyEnded(): void;
  /** ISO 3166-1 alpha-2: in whose plan national numbers are read; null: only international forms. */
  readonly defaultCountry: string | null;
}

/** Who asks, and how the request is told apart from others. */
interface Asked {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** The IP address the operation came from. */
  readonly address: string;
  /** Of a subscription: how far it has come. */
  readonly progress?: Progress | undefined;
  /** Until when it may begin something; a subscription's events come without an end. */
  readonly deadline?: Deadline | undefined;
}

/**
 * What of a viewer decides what it may see: two with the same rights are told the same, and may be told together. All
 * that is not left out here by name counts, so that what is added to a viewer keeps others apart until it is looked at.
 * Where a key is good and how long is asked of each connection by itself.
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

export interface GraphContext extends Services, Asked {
  /** The same for an operation whose commands are given through another runner. */
  through(writer: AuditedRunner): GraphContext;
}

/**
 * Makes what resolvers get for each operation. The services are on the prototype that all contexts have in common: a
 * copy of them for each took a twentieth of the time of a recharge.
 */
export function contextMaker(services: Services): (asked: Asked) => GraphContext {
  class OperationContext implements Asked {
    readonly viewer: Viewer;
    readonly requestId: string;
    readonly address: string;
    readonly progress: Progress | undefined;
    readonly deadline: Deadline | undefined;
    readonly writer: AuditedRunner;

    constructor({ viewer, requestId, address, progress, deadline }: Asked, writer: AuditedRunner) {
      this.viewer = viewer;
      this.requestId = requestId;
      this.address = address;
      this.progress = progress;
      this.deadline = deadline;
      this.writer = writer;
    }

    through(writer: AuditedRunner): GraphContext {
      return new OperationContext(this, writer) as unknown as GraphContext;
    }
  }
  Object.defineProperties(OperationContext.prototype, Object.getOwnPropertyDescriptors(services));
  return (asked) => new OperationContext(asked, services.writer) as unknown as GraphContext;
}

/** The viewer as the one who pays from a budget that many share. */
export function spender({ viewer, partners }: Pick<GraphContext, 'viewer' | 'partners'>): Spender {
  const { lineageId, partnerId } = viewer;
  return { lineageId, partners: partnerId === null ? [] : partners.upwards(partnerId) };
}

/** The viewer as the one who gives a command. Idempotency keys belong to the owner, but those of a switch are its own. */
export function actorOf({ actorId, partnerId, branch, role, lineageId, callScope }: Viewer): Actor {
  return { actorId, partnerId, branch, callScope, ...(role === 'SWITCH' && { keysOf: lineageId }) };
}
