import { LRUCache } from 'lru-cache';
import type { Pricing } from '../../domain/calls/call-terms.ts';
import { RateTable } from '../../domain/rates/rate-table.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import type { Sql } from '../postgres/database.ts';
import { type CallTermsColumn, readCallTerms } from '../schema/call-terms-column.ts';
import { rateColumns, type StoredRate } from './rate-search.ts';

export interface RateBookOptions {
  sql: Sql;
  /** Groups kept, the longest unused going first. A group of 50,000 rates takes some 25 MB. */
  maxGroups?: number;
  /** How long a table serves before its version is looked up again, should no one have called `invalidate`. */
  checkEveryMs?: number;
}

interface Page {
  version: number;
  table: RateTable<StoredRate>;
  pricing: Pricing;
}

interface Entry {
  page: Promise<Page>;
  table: Promise<RateTable<StoredRate>>;
  pricing: Promise<Pricing>;
  checkedAtMs: number;
  checking: boolean;
}

interface GroupRow {
  version: number;
  currency: string;
  callTerms: CallTermsColumn;
}

const READ_AT_ONCE = 5_000;

/**
 * The rates of each group in memory, where calls look them up. A group is read on first use, once however many ask,
 * and read again when its version has changed; until the new table is whole, the old one serves.
 */
export class RateBook {
  readonly #sql: Sql;
  readonly #checkEveryMs: number;
  readonly #entries: LRUCache<string, Entry>;

  constructor({ sql, maxGroups = 16, checkEveryMs = 1_000 }: RateBookOptions) {
    this.#sql = sql;
    this.#checkEveryMs = checkEveryMs;
    this.#entries = new LRUCache({ max: maxGroups });
  }

  /**
   * The table of a group, at most `checkEveryMs` and one reading behind the database.
   *
   * @throws NotFound when there is no such group.
   */
  get(rateGroupId: string): Promise<RateTable<StoredRate>> {
    return this.#entry(rateGroupId).table;
  }

  /** The same with the group's call terms: all that a call is rated by. */
  pricing(rateGroupId: string): Promise<Pricing> {
    return this.#entry(rateGroupId).pricing;
  }

  #entry(rateGroupId: string): Entry {
    const entry = this.#entries.get(rateGroupId);
    if (!entry) return this.#open(rateGroupId, this.#read(rateGroupId));
    if (!entry.checking && performance.now() - entry.checkedAtMs > this.#checkEveryMs) {
      void this.#check(rateGroupId, entry);
    }
    return entry;
  }

  /** After an import: whoever asks next waits for the new table. */
  invalidate(rateGroupId: string): void {
    this.#entries.delete(rateGroupId);
  }

  #open(rateGroupId: string, page: Promise<Page>): Entry {
    const entry: Entry = {
      page,
      table: page.then(({ table }) => table),
      pricing: page.then(({ pricing }) => pricing),
      checkedAtMs: performance.now(),
      checking: false,
    };
    this.#entries.set(rateGroupId, entry);
    // A failed reading is told to those who wait for it, and tried again by the next who asks.
    entry.table.catch(() => this.#forget(rateGroupId, entry));
    entry.pricing.catch(() => {});
    return entry;
  }

  /** Looks behind the back of those who are served; when that fails, the next who asks waits and gets the reason. */
  async #check(rateGroupId: string, entry: Entry): Promise<void> {
    entry.checking = true;
    try {
      const { version } = await entry.page;
      if ((await this.#group(rateGroupId)).version !== version) {
        const page = await this.#read(rateGroupId);
        if (this.#entries.peek(rateGroupId) === entry) this.#open(rateGroupId, Promise.resolve(page));
      }
      entry.checkedAtMs = performance.now();
    } catch {
      this.#forget(rateGroupId, entry);
    } finally {
      entry.checking = false;
    }
  }

  #forget(rateGroupId: string, entry: Entry): void {
    if (this.#entries.peek(rateGroupId) === entry) this.#entries.delete(rateGroupId);
  }

  /** The version first: rates newer than it make one reading too many, older ones would never be noticed. */
  async #read(rateGroupId: string): Promise<Page> {
    const { version, currency, callTerms } = await this.#group(rateGroupId);
    const rates: StoredRate[] = [];
    const query = this.#sql<StoredRate[]>`
      SELECT ${rateColumns(this.#sql)} FROM rates WHERE rate_group_id = ${rateGroupId}`;
    for await (const rows of query.cursor(READ_AT_ONCE)) rates.push(...rows);
    const table = new RateTable(rates);
    const terms = readCallTerms(callTerms);
    const match: Pricing['match'] = (number, at) => table.match(number, at);
    return { version, table, pricing: { rateGroupId, currency, terms, match } };
  }

  async #group(rateGroupId: string): Promise<GroupRow> {
    const [group] = await this.#sql<GroupRow[]>`
      SELECT version, currency, call_terms AS "callTerms" FROM rate_groups WHERE id = ${rateGroupId}`;
    if (!group) throw new NotFound({ what: 'rate group', reference: rateGroupId });
    return group;
  }
}
