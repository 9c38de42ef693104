import { NotAllowed } from '../../domain/rejections/access.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import { PinRevealsExhausted } from '../../domain/rejections/reveals.ts';
import { type RevealLimits, refusePinIn, refuseTooMany } from '../../domain/security/pin-reveal.ts';
import type { KeyRing, SealedPin } from '../keys/key-ring.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { newId } from '../postgres/new-id.ts';
import { raiseAlerts } from '../security/security-alerts.ts';

export interface RevealPolicy {
  /** Whether a second administrator must approve. */
  readonly needsTwo: boolean;
  readonly limits: RevealLimits;
  /** How long a request may wait to be approved and used. */
  readonly requestMinutes: number;
}

export interface RevealOrder {
  readonly cardId: string;
  readonly actorId: string;
  readonly reason: string;
}

export interface Revealed {
  readonly id: string;
  /** Null: another administrator must approve first. */
  readonly pin: string | null;
}

interface Request {
  readonly id: string;
  readonly approved: boolean;
}

type ToldCard = SealedPin & { readonly serial: string };

const DAY_SECONDS = 86_400;

/**
 * Shows the PIN of one card to one administrator, with a reason. Requests are counted in the database under a lock, so
 * that neither aliases nor instances get more than the day's; each is an alert for those who watch, before it is answered.
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
   * Where two are needed, the first time asks and the second time, when it was approved, shows.
   *
   * @throws NotFound, InvalidInput, PinRevealsExhausted
   */
  async reveal(order: RevealOrder): Promise<Revealed> {
    const outcome = await this.#sql.begin(async (tx) => {
      // One after another, so that each sees how many there were.
      await tx`LOCK TABLE pin_reveals IN SHARE ROW EXCLUSIVE MODE`;
      const card = await cardOf(tx, order.cardId);
      const pin = await this.#keys.open(card);
      refusePinIn(order.reason, pin);
      const open = this.#policy.needsTwo ? await openRequest(tx, order) : undefined;
      if (open) return this.#answer(tx, { order, card, pin }, open);
      const refused = await this.#countRefusal(tx, order);
      if (refused) return refused;
      const request = { id: await this.#ask(tx, order), approved: !this.#policy.needsTwo };
      if (!request.approved)
        await tell(tx, order, `asked ${request.id}`, `asks for the PIN of ${card.serial}`);
      return this.#answer(tx, { order, card, pin }, request);
    });
    // The alert of it is kept, so it is refused after the commit.
    if (outcome instanceof PinRevealsExhausted) throw outcome;
    return outcome;
  }

  /**
   * @throws NotFound when there is no such request, or not any more; NotAllowed to whom asked, and to a key that was made
   *   after the request: whoever asked may have made it.
   */
  async approve({ id, actorId }: { id: string; actorId: string }): Promise<void> {
    await this.#sql.begin(async (tx) => {
      const [request] = await tx<{ requestedBy: string; isOlder: boolean }[]>`
        SELECT requested_by AS "requestedBy",
          EXISTS (SELECT FROM api_keys WHERE api_keys.id = ${actorId} AND created_at > requested_at) AS "isOlder"
        FROM pin_reveals
        WHERE id = ${id} AND approved_at IS NULL AND revealed_at IS NULL AND expires_at > clock_timestamp() FOR UPDATE`;
      if (!request) throw new NotFound({ what: 'open request', reference: id });
      if (request.requestedBy === actorId) {
        throw new NotAllowed({ problem: 'Another administrator must approve: you asked yourself.' });
      }
      if (request.isOlder) {
        throw new NotAllowed({ problem: 'Your key was made after this request: another must approve it.' });
      }
      await tx`
        UPDATE pin_reveals SET approved_by = ${actorId}, approved_at = clock_timestamp() WHERE id = ${id}`;
    });
  }

  async #answer(
    tx: Transaction,
    { order, card, pin }: { order: RevealOrder; card: ToldCard; pin: string },
    { id, approved }: Request,
  ): Promise<Revealed> {
    if (!approved) return { id, pin: null };
    await tx`UPDATE pin_reveals SET revealed_at = clock_timestamp() WHERE id = ${id}`;
    await tell(tx, order, `shown ${id}`, `was shown the PIN of ${card.serial}`);
    return { id, pin };
  }

  async #countRefusal(tx: Transaction, order: RevealOrder): Promise<PinRevealsExhausted | undefined> {
    const [before] = await tx<RevealLimits[]>`
      SELECT count(*)::int AS "inAll", (count(*) FILTER (WHERE requested_by = ${order.actorId}))::int AS "byPerson"
      FROM pin_reveals WHERE requested_at > clock_timestamp() - make_interval(secs => ${DAY_SECONDS})`;
    try {
      refuseTooMany(before ?? { byPerson: 0, inAll: 0 }, this.#policy.limits);
      return undefined;
    } catch (error) {
      if (!(error instanceof PinRevealsExhausted)) throw error;
      await tell(tx, order, `too many ${order.actorId}`, 'asks for more PINs than a day has');
      return error;
    }
  }

  async #ask(tx: Transaction, { cardId, actorId, reason }: RevealOrder): Promise<string> {
    const id = newId();
    await tx`
      INSERT INTO pin_reveals (id, card_id, requested_by, reason, requested_at, expires_at)
      VALUES (${id}, ${cardId}, ${actorId}, ${reason}, clock_timestamp(),
        clock_timestamp() + make_interval(mins => ${this.#policy.requestMinutes}))`;
    return id;
  }
}

async function cardOf(tx: Transaction, cardId: string): Promise<ToldCard> {
  const [card] = await tx<ToldCard[]>`
    SELECT id, serial, pin_cipher AS "pinCipher", pin_key_id AS "pinKeyId" FROM cards WHERE id = ${cardId}`;
  if (!card) throw new NotFound({ what: 'card', reference: cardId });
  return card;
}

/** What the same administrator asked of the same card, not yet used and not expired. */
async function openRequest(tx: Transaction, { cardId, actorId }: RevealOrder): Promise<Request | undefined> {
  const [open] = await tx<Request[]>`
    SELECT id, approved_at IS NOT NULL AS approved FROM pin_reveals
    WHERE card_id = ${cardId} AND requested_by = ${actorId} AND revealed_at IS NULL AND expires_at > clock_timestamp()
    ORDER BY id DESC LIMIT 1`;
  return open;
}

/** @param subject once a day for each */
async function tell(
  tx: Transaction,
  { cardId, actorId }: RevealOrder,
  subject: string,
  what: string,
): Promise<void> {
  const message = `An administrator ${what}.`;
  await raiseAlerts(tx, [
    { kind: 'PIN_REVEAL', subject, windowSeconds: DAY_SECONDS, message, cardId, actorId },
  ]);
}
