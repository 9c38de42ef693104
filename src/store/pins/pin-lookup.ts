import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Card } from '../../domain/cards/card.ts';
import { serialKey } from '../../domain/cards/serial.ts';
import type { Attempt } from '../../domain/security/guessing.ts';
import { BatchReader } from '../batching/batch-reader.ts';
import { DIGEST_BYTES } from '../keys/pin-vault.ts';
import type { Sql } from '../postgres/database.ts';
import { cardRows } from '../postgres/rows.ts';
import { spelledLike } from './serial-spelling.ts';

interface PinQuery {
  /** HMAC of the PIN under each key that cards may use. One PIN, so one guess. */
  readonly digests: readonly Buffer[];
  /** Null: withheld. */
  readonly callerNumber: string | null;
  /** Which cards to search, at the same cost: all, those that trust the number, or none. */
  readonly among: 'ALL' | 'TRUSTED' | 'NONE';
}

interface EnteredCard {
  /** Null: none of the cards that were searched. */
  readonly card: Card | null;
  /** Whether the caller's number is trusted for it. */
  readonly trusted: boolean;
  /** Whether there was anything to compare with. */
  readonly compared: boolean;
}

interface SerialRow {
  readonly digest: Buffer | null;
  readonly card: Card | null;
  readonly trusted: boolean;
  /** Failures of the same credential with this serial in the present window. */
  readonly failures: number;
}

/** The length of a digest in hexadecimal. */
const DIGEST_HEX_LENGTH = 2 * DIGEST_BYTES;

type WithKey<Found> = Found & { readonly key: string };

/**
 * Finds cards by the PIN or serial that callers enter. Whether or not a card is found, each lookup searches one index
 * once, so that its duration reveals nothing; concurrent lookups share a query.
 */
export class PinLookup {
  readonly #byPin: BatchReader<WithKey<EnteredCard>>;
  readonly #bySerial: BatchReader<WithKey<SerialRow>>;

  /** @param windowSeconds the window in which failures with one serial are counted */
  constructor(sql: Sql, windowSeconds: number) {
    this.#byPin = new BatchReader((keys) => readByPin(sql, keys));
    this.#bySerial = new BatchReader((keys) => readBySerial(sql, keys, windowSeconds));
  }

  async byPin({ digests, callerNumber, among }: PinQuery): Promise<EnteredCard> {
    const sought = digests.map((digest) => (among === 'NONE' ? randomBytes(DIGEST_BYTES) : digest));
    const mode = among === 'ALL' ? 'A' : 'P';
    const found = await this.#byPin.find(
      `${Buffer.concat(sought).toString('hex')} ${mode} ${callerNumber ?? ''}`,
    );
    return found && among !== 'NONE' ? found : { card: null, trusted: false, compared: false };
  }

  /** The card with a serial, however it is typed, if there is one; not yet compared with any PIN. */
  async bySerial(serial: string, { callerNumber, lineageId }: Attempt): Promise<NamedCard> {
    const row = await this.#bySerial.find(`${lineageId} ${callerNumber ?? ''} ${serial}`);
    return new NamedCard(row);
  }
}

/** The result of looking up a serial: a card or nothing, indistinguishable until a PIN is compared. */
class NamedCard {
  readonly #digest: Buffer;
  readonly card: Card | undefined;
  readonly trusted: boolean;
  readonly failures: number;

  constructor(row: SerialRow | undefined) {
    this.card = row?.card ?? undefined;
    this.#digest = row?.digest ?? randomBytes(DIGEST_BYTES);
    this.trusted = row?.trusted ?? false;
    this.failures = row?.failures ?? 0;
  }

  /** @param digests of one PIN, each under another key */
  hasPin(digests: readonly Buffer[]): boolean {
    return digests.filter((digest) => timingSafeEqual(this.#digest, digest)).length > 0;
  }
}

async function readByPin(sql: Sql, keys: readonly string[]): Promise<WithKey<EnteredCard>[]> {
  const asked = keys.map((key) => key.split(' '));
  const most = Math.max(...asked.map(([digests = '']) => digests.length / DIGEST_HEX_LENGTH));
  const rows = await sql<(Partial<Card> & { key: string; trusted: boolean; compared: boolean })[]>`
    SELECT asked.key, found.*,
      EXISTS (SELECT FROM trusted_numbers AS p WHERE p.number = asked.number AND p.card_id = found.id) AS trusted,
      asked.mode = 'A' OR EXISTS (SELECT FROM trusted_numbers AS p WHERE p.number = asked.number) AS compared
    FROM unnest(
      ${keys}::text[],
      ${asked.map(([digests = '']) => digests)}::text[],
      ${asked.map(([, , number = '']) => number)}::text[],
      ${asked.map(([, mode = '']) => mode)}::text[]
    ) AS asked (key, digests, number, mode)
    LEFT JOIN LATERAL (
      SELECT ${cardRows.list(sql)} FROM cards
      WHERE pin_digest = ANY(ARRAY[${digestsOf(sql, most)}])
        AND (asked.mode = 'A' OR EXISTS (
          SELECT FROM trusted_numbers AS p WHERE p.number = asked.number AND p.card_id = cards.id))
      LIMIT 1
    ) AS found ON true`;
  return rows.map(({ key, trusted, compared, ...card }) => ({
    key,
    trusted,
    compared,
    card: card.id === null ? null : (card as Card),
  }));
}

/** The digests of a lookup, as a list for the index condition. */
function digestsOf(sql: Sql, digests: number) {
  const digest = (index: number) =>
    sql`decode(substr(asked.digests, ${1 + index * DIGEST_HEX_LENGTH}, ${DIGEST_HEX_LENGTH}), 'hex')`;
  const later = Array.from({ length: digests - 1 }, (_, index) => digest(index + 1));
  return later.reduce((earlier, each) => sql`${earlier}, ${each}`, digest(0));
}

type SerialQueryRow = Partial<Card> & {
  key: string;
  pinDigest: Buffer | null;
  trusted: boolean;
  failures: number;
};

async function readBySerial(
  sql: Sql,
  keys: readonly string[],
  windowSeconds: number,
): Promise<WithKey<SerialRow>[]> {
  const asked = keys.map((key) => {
    const [lineageId = '', number = ''] = key.split(' ', 2);
    const serial = key.slice(lineageId.length + number.length + 2);
    return { lineageId, number, serial, serialKey: serialKey(serial) };
  });
  const rows = await sql<SerialQueryRow[]>`
    SELECT asked.key, found.*, coalesce(counted.failures, 0) AS failures, EXISTS (
        SELECT FROM trusted_numbers AS p WHERE p.number = asked.number AND p.card_id = found.id) AS trusted
    FROM unnest(
      ${keys}::text[],
      ${asked.map(({ lineageId }) => lineageId)}::uuid[],
      ${asked.map(({ number }) => number)}::text[],
      ${asked.map(({ serial }) => serial)}::text[],
      ${asked.map((each) => each.serialKey)}::text[]
    ) AS asked (key, lineage_id, number, serial, serial_key)
    LEFT JOIN LATERAL (
      SELECT pin_digest AS "pinDigest", ${cardRows.list(sql)} FROM cards
      WHERE ${spelledLike(sql, 'cards', 'asked.serial_key')}
      ORDER BY cards.serial = asked.serial DESC LIMIT 1
    ) AS found ON true
    LEFT JOIN LATERAL (
      SELECT failures FROM serial_failures AS f
      WHERE f.serial = left(coalesce(found.serial, asked.serial_key), 100) AND f.lineage_id = asked.lineage_id AND f.since > now() - make_interval(secs => ${windowSeconds}) LIMIT 1
    ) AS counted ON true`;
  return rows.map(({ key, pinDigest, trusted, failures, ...card }) => ({
    key,
    digest: pinDigest,
    card: pinDigest === null ? null : (card as Card),
    trusted,
    failures,
  }));
}
