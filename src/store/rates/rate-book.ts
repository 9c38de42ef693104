import { LRUCache } from 'lru-cache';
import type { Pricing } from '../../domain/calls/call-terms.ts';
import { RateTable } from '../../domain/rates/rate-table.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import type { Sql } from '../postgres/database.ts';
import { type CallTermsColumn, readCallTerms } from '../schema/call-terms-column.ts';
import { rateColumns, type StoredRate } from './stored-rate.ts';

interface RateBookOptions {
  sql: Sql;
  /** Groups cached; the least recently used is evicted first. A group of 50,000 rates takes some 25 MB. */
  maxGroups?: number;
  /** How long a table is used before its version is checked again, if `invalidate` was not called. */
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
 * The rates of each group in memory, for rating calls. A group is read on first use, once for all concurrent requests,
 * and again when its version has changed; until the new table is complete, the old one is used.
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
   * The table of a group, at most `checkEveryMs` plus the time of one read behind the database.
   *
   * @throws NotFound when there is no such group.
   */
  get(rateGroupId: string): Promise<RateTable<StoredRate>> {
    return this.#entry(rateGroupId).table;
  }

  /** The same with the group's call terms: everything that rating a call needs. */
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

  /** Call after an import: the next request waits for the new table. */
  invalidate(rateGroupId: string): void {
    this.#entries.delete(rateGroupId);
  }

  /** The same for all groups. */
  clear(): void {
    this.#entries.clear();
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
    // A failed read rejects the requests that wait for it; the next request tries again.
    entry.table.catch(() => this.#forget(rateGroupId, entry));
    entry.pricing.catch(() => {});
    return entry;
  }

  /**
   * Checks in the background while the old table is used; if the check fails, the next request reads the group and gets
   * the error.
   */
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

  /**
   * Reads the version first: rates newer than the version only cause one read too many, while a version newer than its
   * rates would hide a change.
   */
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
