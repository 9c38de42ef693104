import { createHmac, randomBytes } from 'node:crypto';
import { normalizePin } from '../../domain/batches/pin-format.ts';
import type { Sql } from '../postgres/database.ts';
import { TOKEN_VALID_MS, type TokenKeys } from './card-token.ts';
import {
  forgetHolder,
  type KeyHolder,
  type KeyRecord,
  noteFirstKey,
  noteHolder,
  noteVoucherSecret,
  readKeyRecords,
} from './key-records.ts';
import type { MasterKey } from './master-key.ts';
import { DIGEST_BYTES, type PinVault } from './pin-vault.ts';

/** The master key is not the one that this database's PINs are sealed under. */
export class WrongMasterKey extends Error {
  constructor(missing: readonly string[]) {
    super(
      `The master key is not the one this database was set up with, or one is missing (${missing.join(', ')}): PINs could be neither found nor printed.`,
    );
    this.name = 'WrongMasterKey';
  }
}

/** The keys that new cards are made with. */
export interface KeyInUse {
  readonly keyId: number;
  readonly vault: PinVault;
  /** Earlier keys that some cards still use. */
  readonly earlier: readonly PinVault[];
}

/** The stored form of a card's PIN. */
export interface SealedPin {
  /** The card's id. */
  readonly id: string;
  readonly pinCipher: Buffer;
  readonly pinKeyId: number;
}

interface KeyRingOptions {
  readonly sql: Sql;
  /** The keys that this process is given, newest first. Read again at each refresh. */
  read(): Promise<readonly MasterKey[]>;
  /** Omitted for a command, because key rotation need not wait for commands. */
  readonly holder?: Omit<KeyHolder, 'keys'>;
}

/** The additional authenticated data of the voucher secret, as a card's id is for its PIN. */
const VOUCHER_SECRET = 'voucher secret';

/**
 * The master keys that this process has, and which of them the database's PINs are sealed under.
 *
 * A key is given to every instance before it is taken into use, and each instance looks for PINs under all keys that it
 * has. So an instance never misses a card that another has moved to the next key. A retired key stays retired, and no
 * PIN is looked for under it.
 */
export class KeyRing implements TokenKeys {
  readonly #options: KeyRingOptions;
  #given: readonly MasterKey[] = [];
  #held: ReadonlyMap<string, MasterKey> = new Map();
  #records: readonly KeyRecord[] = [];
  #searched: readonly MasterKey[] = [];
  #voucherSecret: Buffer = Buffer.alloc(0);
  #wrong: WrongMasterKey | undefined;

  private constructor(options: KeyRingOptions) {
    this.#options = options;
  }

  /**
   * Records on the first start which key is used, and refuses any other afterwards: a lost key must not go unnoticed
   * until a million cards are split between two keys.
   *
   * @throws WrongMasterKey
   */
  static async open(options: KeyRingOptions): Promise<KeyRing> {
    const [newest] = await options.read();
    if (!newest) throw new WrongMasterKey([]);
    await noteFirstKey(options.sql, newest, sealSecret(newest, randomBytes(DIGEST_BYTES)));
    const ring = new KeyRing(options);
    await ring.refresh();
    return ring;
  }

  /**
   * Reads the keys, and their records in the database.
   *
   * @throws WrongMasterKey when there are PINs under a key that this process was not given. Until it is given, lookups
   *   fail: otherwise callers would hear that their card does not exist.
   */
  async refresh(): Promise<void> {
    const { sql, holder } = this.#options;
    const given = await this.#options.read();
    const held = new Map([...this.#held, ...byName(given)]);
    try {
      const records = await sql.begin(async (tx) => {
        if (holder) await noteHolder(tx, { ...holder, keys: given.map(({ name }) => name) });
        const found = await readKeyRecords(tx);
        refuseMissing(found, held);
        return found;
      });
      this.#update(given, held, records);
      await this.#openVoucherSecret();
      this.#wrong = undefined;
    } catch (error) {
      if (error instanceof WrongMasterKey) this.#wrong = error;
      throw error;
    }
  }

  /** The digests that may find a PIN: one for each key that cards may use. A card is found by exactly one of them. */
  digests(pin: string): readonly Buffer[] {
    if (this.#wrong) throw this.#wrong;
    return this.#searched.map(({ vault }) => vault.digest(pin));
  }

  /**
   * The reference for a voucher PIN in stored answers: the same under every key, so that an answer outlives its key.
   */
  reference(pin: string): string {
    return createHmac('sha256', this.#voucherSecret).update(normalizePin(pin)).digest('hex');
  }

  /** A digest of a caller's number that is stored with a call: the same under every key, so that it outlives its key. */
  callerReference(text: string): string {
    return createHmac('sha256', this.#voucherSecret).update(`caller ${text}`).digest('hex').slice(0, 32);
  }

  /** Opens the PIN of a card. @throws Error when it was not sealed for this card under this key. */
  async open({ id, pinCipher, pinKeyId }: SealedPin): Promise<string> {
    await this.#ensureKnown(pinKeyId);
    return this.keyOf(pinKeyId).vault.open(pinCipher, id);
  }

  get inUse(): KeyInUse {
    const { keyId } = this.#recordInUse();
    const earlier = this.#records.filter((each) => each.supersededAt !== null && each.retiredAt === null);
    return {
      keyId,
      vault: this.keyOf(keyId).vault,
      earlier: earlier.map((each) => this.keyOf(each.keyId).vault),
    };
  }

  get signing(): Buffer {
    return this.keyOf(this.#recordInUse().keyId).tokenKey;
  }

  get accepted(): readonly Buffer[] {
    return [...this.#held.values()].map(({ tokenKey }) => tokenKey);
  }

  /** The keys that this process was given, newest first. */
  get given(): readonly MasterKey[] {
    return this.#given;
  }

  get records(): readonly KeyRecord[] {
    return this.#records;
  }

  /** The key with the id that a card refers to. */
  keyOf(keyId: number): MasterKey {
    const key = this.#keyOf(keyId);
    if (!key) throw new Error(`There is no master key ${keyId}.`);
    return key;
  }

  /** The key with an id that something other than a card refers to; undefined: it was retired. */
  async find(keyId: number): Promise<MasterKey | undefined> {
    await this.#ensureKnown(keyId);
    return this.#keyOf(keyId);
  }

  #keyOf(keyId: number): MasterKey | undefined {
    return this.#held.get(this.#records.find((each) => each.keyId === keyId)?.name ?? '');
  }

  /** Refreshes once if the key may have been taken into use since the last refresh. */
  async #ensureKnown(keyId: number): Promise<void> {
    if (!this.#records.some((each) => each.keyId === keyId)) await this.refresh();
  }

  async close(): Promise<void> {
    const { sql, holder } = this.#options;
    if (holder) await forgetHolder(sql, holder.instanceId).catch(() => {});
  }

  #update(
    given: readonly MasterKey[],
    held: ReadonlyMap<string, MasterKey>,
    records: readonly KeyRecord[],
  ): void {
    const recordOf = new Map(records.map((record) => [record.name, record]));
    const isGiven = (name: string) => given.some((key) => key.name === name);
    const isNeeded = (name: string) => {
      const record = recordOf.get(name);
      return record ? record.retiredAt === null : isGiven(name);
    };
    // A token that a retired key has signed stays valid until it expires.
    const isFresh = ({ name }: MasterKey) =>
      Date.now() - (recordOf.get(name)?.retiredAt?.getTime() ?? 0) < TOKEN_VALID_MS;
    const all = [...held.values()];
    this.#given = given;
    this.#records = records;
    this.#searched = all.filter(({ name }) => isNeeded(name));
    this.#held = byName(all.filter((key) => isNeeded(key.name) || isFresh(key)));
  }

  /**
   * In a database set up before the voucher secret existed, references were made with the pepper, which therefore
   * becomes the secret.
   */
  async #openVoucherSecret(): Promise<void> {
    const { keyId, voucherSecret } = this.#recordInUse();
    const key = this.keyOf(keyId);
    if (voucherSecret === null) {
      await noteVoucherSecret(this.#options.sql, keyId, sealSecret(key, key.vault.keys.pepper));
    }
    this.#voucherSecret = voucherSecret === null ? key.vault.keys.pepper : openSecret(key, voucherSecret);
  }

  #recordInUse(): KeyRecord {
    const record = this.#records.find(({ supersededAt }) => supersededAt === null);
    if (!record) throw new Error('No master key is in use.');
    return record;
  }
}

/** The voucher secret, sealed under a key. */
export function sealSecret({ vault }: MasterKey, secret: Buffer): Buffer {
  return vault.seal(secret.toString('base64'), VOUCHER_SECRET);
}

export function openSecret({ vault }: MasterKey, sealed: Buffer): Buffer {
  return Buffer.from(vault.open(sealed, VOUCHER_SECRET), 'base64');
}

function byName(keys: readonly MasterKey[]): Map<string, MasterKey> {
  return new Map(keys.map((key) => [key.name, key]));
}

/** @throws WrongMasterKey */
function refuseMissing(records: readonly KeyRecord[], held: ReadonlyMap<string, MasterKey>): void {
  const missing = records.filter(({ name, retiredAt }) => retiredAt === null && !held.has(name));
  if (missing.length > 0) throw new WrongMasterKey(missing.map(({ name }) => name));
}
