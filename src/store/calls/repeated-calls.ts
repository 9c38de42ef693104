import { hash, timingSafeEqual } from 'node:crypto';
import { isSameRequest } from '../../domain/calls/call.ts';
import type { Card } from '../../domain/cards/card.ts';
import { serialKey } from '../../domain/cards/serial.ts';
import { BatchReader } from '../batching/batch-reader.ts';
import type { CardTokens } from '../keys/card-token.ts';
import type { Credentials, PinDigester } from '../pins/caller-lookup.ts';
import type { Sql } from '../postgres/database.ts';
import { type CallName, callName } from '../writer/needs.ts';

/** What a request to authorize a call says. */
export interface CallRequest {
  readonly by: Credentials | { readonly token: string };
  /** E.164, with its plus. */
  readonly number: string;
  readonly accessNumber: string | null;
  readonly requestedSeconds: number | null;
}

export interface CallerDigester extends PinDigester {
  /** A keyed digest of a number, the same for as long as the call is kept. */
  callerReference(text: string): string;
}

/** The call that a caller has begun under an id. */
export interface EarlierCall {
  readonly card: Pick<Card, 'id' | 'batchId'>;
  /** Whether this is the same request: if not, the id is another call's. */
  readonly isSame: boolean;
}

interface CallRow {
  readonly key: string;
  readonly cardId: string;
  readonly batchId: string;
  readonly fingerprint: string;
  readonly pinDigest: Buffer | null;
  readonly serial: string;
}

/** Marks a call whose caller was identified by the card's PIN. */
const BY_PIN = '50';
const REQUEST_HEX_LENGTH = 64;

/**
 * Recognizes the repetition of an authorization by what the switch sent the first time, without authenticating the caller
 * again: the answer must be the same after the caller's number was moved or unbound, the card was replaced, or the
 * token has expired. Only the switch that began the call can repeat it, since call ids are found within its own scope.
 *
 * It is no way to guess PINs: a PIN is compared only with the card of a call that this switch began with that card's PIN,
 * so it learns nothing that it did not send before; and a wrong one goes on to the comparison that counts as a guess.
 */
export class RepeatedCalls {
  readonly #calls: BatchReader<CallRow>;
  readonly #tokens: CardTokens;
  readonly #digester: CallerDigester;

  constructor({ sql, tokens, digester }: { sql: Sql; tokens: CardTokens; digester: CallerDigester }) {
    this.#calls = new BatchReader((names) => readCalls(sql, names));
    this.#tokens = tokens;
    this.#digester = digester;
  }

  /**
   * What is stored with a call to recognize its repetition, hexadecimal: the SHA-256 of the request, followed by how its
   * caller was identified. A token names its card by itself.
   */
  fingerprint(named: CallName, cardId: string, request: CallRequest): string {
    const { by } = request;
    const digest = requestDigest(cardId, request);
    if ('pin' in by) return digest + BY_PIN;
    return 'ani' in by ? digest + this.#callerDigest(named, by.ani) : digest;
  }

  /** The call with the id, if the same caller began it; undefined for a first request, and for another caller's. */
  async find(named: CallName, request: CallRequest): Promise<EarlierCall | undefined> {
    const call = await this.#calls.find(callName(named));
    if (!call || !this.#isSameCaller(named, call, request)) return undefined;
    const { cardId, batchId, fingerprint } = call;
    const isSame = isSameRequest(fingerprint, requestDigest(cardId, request));
    return { card: { id: cardId, batchId }, isSame };
  }

  #isSameCaller(named: CallName, call: CallRow, { by }: CallRequest): boolean {
    const caller = call.fingerprint.slice(REQUEST_HEX_LENGTH);
    if ('token' in by) return this.#tokens.cardOf(by.token) === call.cardId;
    if ('ani' in by) return caller === this.#callerDigest(named, by.ani);
    if (caller !== BY_PIN || !call.pinDigest) return false;
    if (by.serial !== undefined && serialKey(by.serial) !== serialKey(call.serial)) return false;
    const { pinDigest } = call;
    return this.#digester.digests(by.pin).some((digest) => timingSafeEqual(digest, pinDigest));
  }

  /** With the call's own name, so that the calls of one number can't be told from others. */
  #callerDigest(named: CallName, number: string): string {
    return this.#digester.callerReference(`${callName(named)} ${number}`);
  }
}

function requestDigest(
  cardId: string,
  { number, accessNumber, requestedSeconds }: Omit<CallRequest, 'by'>,
): string {
  return hash('sha256', JSON.stringify([cardId, number, accessNumber, requestedSeconds]), 'hex');
}

async function readCalls(sql: Sql, names: readonly string[]): Promise<CallRow[]> {
  return sql<CallRow[]>`
    SELECT named.key, calls.card_id AS "cardId", calls.batch_id AS "batchId",
      encode(calls.fingerprint, 'hex') AS fingerprint, cards.pin_digest AS "pinDigest", cards.serial
    FROM unnest(
      ${[...names]}::text[],
      ${names.map((name) => name.slice(0, name.indexOf(' ')))}::text[],
      ${names.map((name) => name.slice(name.indexOf(' ') + 1))}::text[]
    ) AS named (key, call_scope, switch_call_id)
    JOIN calls USING (call_scope, switch_call_id) JOIN cards ON cards.id = calls.card_id`;
}
