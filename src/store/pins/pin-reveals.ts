import { NotAllowed } from '../../domain/rejections/access.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import { PinRevealsExhausted } from '../../domain/rejections/reveals.ts';
import { type RevealLimits, refuseTooMany } from '../../domain/security/pin-reveal.ts';
import type { KeyRing, SealedPin } from '../keys/key-ring.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { newId } from '../postgres/new-id.ts';
import { raiseAlerts } from '../security/security-alerts.ts';
import { isFirstExport } from './first-export.ts';

interface RevealPolicy {
  /** Whether a second administrator must approve. */
  readonly needsTwo: boolean;
  readonly limits: RevealLimits;
  /** How long a request stays valid for approval and use. */
  readonly requestMinutes: number;
}

/** The administrator who requests PINs. */
interface Requester {
  readonly actorId: string;
  /** The same before and after a rotation: a rotated key is the same administrator. */
  readonly lineageId: string;
  /** Requests are counted per family. */
  readonly familyId: string;
}

/** What is requested: the PIN of a card, or those of a batch. */
type Subject = { readonly cardId: string } | { readonly batchId: string };

type Order = Subject & { readonly requester: Requester; readonly reason: string };

export interface Revealed {
  readonly id: string;
  /** Null: another administrator must approve first. */
  readonly pin: string | null;
}

/** A stored request. Not approved: another administrator must approve first. */
export interface Request {
  readonly id: string;
  readonly approved: boolean;
}

const DAY_SECONDS = 86_400;

/**
 * Reveals PINs to one administrator, who gives a reason: the PIN of one card, or by an export those of a batch that is
 * in use or was exported before. Requests are counted in the database under a lock, so that neither GraphQL aliases nor
 * other instances raise the daily limit. Each request raises an alert before it is answered. No PIN is opened before it
 * may be shown.
 */
export class PinReveals {
  readonly #sql: Sql;
  readonly #keys: KeyRing;
  readonly #policy: RevealPolicy;

  constructor({ sql, keys, policy }: { sql: Sql; keys: KeyRing; policy: RevealPolicy }) {
    this.#sql = sql;
    this.#keys = keys;
    this.#policy = policy;
  }

  /**
   * If two administrators are needed, the first call creates the request, and a second call after the approval reveals
   * the PIN.
   *
   * @throws NotFound, PinRevealsExhausted
   */
  async reveal(order: { cardId: string; requester: Requester; reason: string }): Promise<Revealed> {
    return this.#decide(order, async (tx) => {
      const card = await cardOf(tx, order.cardId);
      const { id, approved } = await this.#request(tx, order, `the PIN of ${card.serial}`);
      return { id, pin: approved ? await this.#keys.open(card) : null };
    });
  }

  /**
   * The same for the print file of a batch, which contains all its PINs. The first export, before any of its cards is
   * in use, is the purpose of a batch and not a reveal.
   *
   * @returns null: it is a first export, which needs no request
   * @throws NotFound, PinRevealsExhausted
   */
  async revealBatch(order: {
    batchId: string;
    requester: Requester;
    reason: string;
  }): Promise<Request | null> {
    return this.#decide(order, async (tx) =>
      (await isFirstExport(tx, order.batchId))
        ? null
        : this.#request(tx, order, `the PINs of batch ${order.batchId}, in use or exported before`),
    );
  }

  /**
   * @throws NotFound when there is no such open request; NotAllowed for the requester, including under a rotated key,
   *   and for a key created after the request: the requester may have created it.
   */
  async approve({
    id,
    requester,
  }: {
    id: string;
    requester: Pick<Requester, 'actorId' | 'lineageId'>;
  }): Promise<void> {
    const { actorId, lineageId } = requester;
    await this.#sql.begin(async (tx) => {
      const [request] = await tx<{ lineageId: string; isOlder: boolean }[]>`
        SELECT lineage_id AS "lineageId",
          EXISTS (SELECT FROM api_keys WHERE api_keys.id = ${actorId} AND created_at > requested_at) AS "isOlder"
        FROM pin_reveals
        WHERE id = ${id} AND approved_at IS NULL AND revealed_at IS NULL AND expires_at > clock_timestamp() FOR UPDATE`;
      if (!request) throw new NotFound({ what: 'open request', reference: id });
      if (request.lineageId === lineageId) {
        throw new NotAllowed({ problem: 'Another administrator must approve: this is your own request.' });
      }
      if (request.isOlder) {
        throw new NotAllowed({
          problem:
            'Your key was created after this request: an administrator with an older key must approve it.',
        });
      }
      await tx`
        UPDATE pin_reveals SET approved_by = ${actorId}, approved_at = clock_timestamp() WHERE id = ${id}`;
    });
  }

  /** Serializes decisions, so that each sees the current count. */
  async #decide<Answer>(order: Order, work: (tx: Transaction) => Promise<Answer>): Promise<Answer> {
    const { answer } = await this.#sql.begin(async (tx) => {
      await tx`LOCK TABLE pin_reveals IN SHARE ROW EXCLUSIVE MODE`;
      try {
        return { answer: await work(tx) };
      } catch (error) {
        if (!(error instanceof PinRevealsExhausted)) throw error;
        await raiseAlert(
          tx,
          order,
          `too many ${order.requester.familyId}`,
          'requested more PINs than the daily limit allows',
        );
        return { answer: error };
      }
    });
    // The transaction commits the alert, so the refusal is thrown afterwards.
    if (answer instanceof PinRevealsExhausted) throw answer;
    return answer;
  }

  /** Uses an approved request up, or returns the open one, or creates one. @throws PinRevealsExhausted */
  async #request(tx: Transaction, order: Order, what: string): Promise<Request> {
    const open = this.#policy.needsTwo ? await openRequest(tx, order) : undefined;
    const request = open ?? (await this.#createRequest(tx, order));
    const { id, approved } = request;
    if (approved) {
      await tx`UPDATE pin_reveals SET revealed_at = clock_timestamp() WHERE id = ${id}`;
      await raiseAlert(tx, order, `shown ${id}`, `was shown ${what}`);
    } else if (!open) await raiseAlert(tx, order, `asked ${id}`, `requested ${what}`);
    return request;
  }

  async #createRequest(tx: Transaction, order: Order): Promise<Request> {
    const { requester, reason } = order;
    const { actorId, lineageId, familyId } = requester;
    const [before] = await tx<RevealLimits[]>`
      SELECT count(*)::int AS "inAll", (count(*) FILTER (WHERE family_id = ${familyId}))::int AS "byPerson"
      FROM pin_reveals WHERE requested_at > clock_timestamp() - make_interval(secs => ${DAY_SECONDS})`;
    refuseTooMany(before ?? { byPerson: 0, inAll: 0 }, this.#policy.limits);
    const id = newId();
    const { cardId, batchId } = columnsOf(order);
    await tx`
      INSERT INTO pin_reveals (id, card_id, batch_id, requested_by, lineage_id, family_id, reason, requested_at, expires_at)
      VALUES (${id}, ${cardId}, ${batchId}, ${actorId}, ${lineageId}, ${familyId}, ${reason}, clock_timestamp(),
        clock_timestamp() + make_interval(mins => ${this.#policy.requestMinutes}))`;
    return { id, approved: !this.#policy.needsTwo };
  }
}

function columnsOf(subject: Subject) {
  return 'cardId' in subject
    ? { cardId: subject.cardId, batchId: null }
    : { cardId: null, batchId: subject.batchId };
}

async function cardOf(tx: Transaction, cardId: string): Promise<SealedPin & { readonly serial: string }> {
  const [card] = await tx<(SealedPin & { readonly serial: string })[]>`
    SELECT id, serial, pin_cipher AS "pinCipher", pin_key_id AS "pinKeyId" FROM cards WHERE id = ${cardId}`;
  if (!card) throw new NotFound({ what: 'card', reference: cardId });
  return card;
}

/** The open request of the same administrator for the same card or batch, neither used nor expired. */
async function openRequest(tx: Transaction, order: Order): Promise<Request | undefined> {
  const { cardId, batchId } = columnsOf(order);
  const [open] = await tx<Request[]>`
    SELECT id, approved_at IS NOT NULL AS approved FROM pin_reveals
    WHERE (card_id = ${cardId} OR batch_id = ${batchId}) AND lineage_id = ${order.requester.lineageId}
      AND revealed_at IS NULL AND expires_at > clock_timestamp()
    ORDER BY id DESC LIMIT 1`;
  return open;
}

/** Raises an alert, at most once a day per subject. */
async function raiseAlert(tx: Transaction, order: Order, subject: string, what: string): Promise<void> {
  const { actorId } = order.requester;
  const message = `An administrator ${what}.`;
  const about = 'cardId' in order ? { cardId: order.cardId } : {};
  await raiseAlerts(tx, [
    { kind: 'PIN_REVEAL', subject, windowSeconds: DAY_SECONDS, message, actorId, ...about },
  ]);
}
