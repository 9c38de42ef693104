import { pino } from 'pino';
import { MasterKey } from '../../src/store/keys/master-key.ts';
import type { Sql } from '../../src/store/postgres/database.ts';
import { tablesOf } from './tables.ts';

/** Of one table at most: a leak is in more than the last of many rows. */
const MOST_ROWS = 20_000;
/** What is shorter is found by chance among times and amounts. */
const SHORTEST_PIN = 8;

/** What has no PIN in it and would look like many. */
const NO_WORDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\\\?x[0-9a-f]+/g;
/** Digits with letters beside them are looked for alone too. */
const WORDS = [/\d{8,}/g, /[0-9A-Z]{8,}/g];
/** Keys of ours, sessions of cards and tokens of an identity provider, by their forms. */
const CREDENTIALS = /\bclk_[\w-]{43}|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}|(?<![\w-])[\w-]{51}(?![\w-])/g;

/**
 * What the servers of a test file log, and what must not be in it: every PIN of the file's database, opened with the
 * master keys that the servers were given, and whatever has the form of a credential.
 */
export class LeakDetector {
  readonly #masterKeys = new Map<string, MasterKey>();
  readonly #masterKeyTexts = new Set<string>();
  readonly #words = new Set<string>();
  readonly #leaks = new Set<string>();

  /** What a server is started with. */
  addMasterKeys({ CARDLINE_MASTER_KEY = '', CARDLINE_OLD_MASTER_KEYS = '' }: Record<string, string>): void {
    for (const text of [CARDLINE_MASTER_KEY, ...CARDLINE_OLD_MASTER_KEYS.split(',')]) {
      const bytes = Buffer.from(text, 'base64');
      if (bytes.length !== 32 || this.#masterKeyTexts.has(text)) continue;
      this.#masterKeyTexts.add(text).add(bytes.toString('hex'));
      const key = new MasterKey(bytes);
      this.#masterKeys.set(key.fingerprint.toString('hex'), key);
    }
  }

  /** A line of a log. */
  scan(line: string): void {
    for (const word of wordsOf(line)) this.#words.add(word);
    for (const leak of this.#credentialsIn(line)) this.#leaks.add(`A log has ${leak}.`);
  }

  /** What was heard that nobody may hear, whatever is in a database. */
  get leaks(): readonly string[] {
    return [...this.#leaks];
  }

  /** The same, and where the database or a log has one of the database's PINs, or the database a credential. */
  async leaksIn(sql: Sql): Promise<readonly string[]> {
    const pins = await this.#pinsIn(sql);
    const leaks = new Set(this.#leaks);
    if ([...this.#words].some((word) => pins.has(word))) leaks.add('A log has a PIN.');
    for (const name of await tablesOf(sql)) {
      const rows = await sql<
        { row: string }[]
      >`SELECT t::text AS row FROM ${sql(name)} AS t LIMIT ${MOST_ROWS}`;
      for (const { row } of rows) {
        if (wordsOf(row).some((word) => pins.has(word))) leaks.add(`The table ${name} has a PIN.`);
        for (const leak of this.#credentialsIn(row)) leaks.add(`The table ${name} has ${leak}.`);
      }
    }
    return [...leaks];
  }

  #credentialsIn(text: string): string[] {
    const found = text.match(CREDENTIALS)?.map((word) => `what looks like a credential: ${word}`) ?? [];
    const keys = [...this.#masterKeyTexts].filter((key) => text.includes(key));
    return [...found, ...keys.map(() => 'a master key')];
  }

  async #pinsIn(sql: Sql): Promise<ReadonlySet<string>> {
    if (this.#masterKeys.size === 0) return new Set();
    const cards = await sql<{ id: string; cipher: Buffer; fingerprint: Buffer }[]>`
      SELECT c.id, c.pin_cipher AS cipher, k.fingerprint FROM cards c JOIN key_checks k ON k.key_id = c.pin_key_id
      WHERE length(c.pin_cipher) > 0 LIMIT ${MOST_ROWS}`;
    const pins = cards.flatMap(({ id, cipher, fingerprint }) => {
      const key = this.#masterKeys.get(fingerprint.toString('hex'));
      return key ? key.vault.open(cipher, id) : [];
    });
    return new Set(pins.filter((pin) => pin.length >= SHORTEST_PIN));
  }
}

/** Of all servers of a test file. */
export const leakDetector = new LeakDetector();

/** Says all there is to say to whom it may not say too much, and to people what went wrong. */
export const watchedLogger = pino(
  { level: 'trace' },
  pino.multistream([
    { level: 'trace', stream: { write: (line: string) => leakDetector.scan(line) } },
    { level: 'error', stream: pino.destination({ fd: 2, sync: true }) },
  ]),
);

function wordsOf(text: string): readonly string[] {
  const plain = text.replace(NO_WORDS, ' ');
  return WORDS.flatMap((form) => plain.match(form) ?? []);
}
