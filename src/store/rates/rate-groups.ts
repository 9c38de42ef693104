import { type CallTerms, checkCallTerms } from '../../domain/calls/call-terms.ts';
import { NameTaken, NotFound } from '../../domain/rejections/input.ts';
import { RateGroupInUse } from '../../domain/rejections/rates.ts';
import { currencyCode } from '../../domain/values/currency.ts';
import { boundedText } from '../../domain/values/text.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { isUniqueViolation } from '../postgres/database-errors.ts';
import { newId } from '../postgres/new-id.ts';
import { type CallTermsColumn, readCallTerms, writeCallTerms } from '../schema/call-terms-column.ts';

/** A price list. Its rates are read by stored-rate.ts and, for calls, by RateBook. */
export interface RateGroup {
  id: string;
  name: string;
  /** ISO 4217. The currency of all its rates and fees. */
  currency: string;
  /** Incremented by each import. */
  version: number;
  /** Prefixes on offer, now or from a later date on. */
  rateCount: number;
  callTerms: CallTermsColumn;
  createdAt: Date;
}

const columns = (sql: Sql | Transaction) => sql`
  id, name, currency, version, rate_count AS "rateCount", call_terms AS "callTerms", created_at AS "createdAt"`;

/**
 * Creates an empty price list.
 *
 * @throws InvalidInput for a name that is empty or longer than a hundred characters, or an unknown ISO 4217 currency.
 * @throws NameTaken
 */
export async function createRateGroup(
  sql: Sql | Transaction,
  { name, currency }: { name: string; currency: string },
): Promise<RateGroup> {
  const group = { name: boundedText('name', name, 100), currency: currencyCode('currency', currency) };
  const [created] = await sql<RateGroup[]>`
    INSERT INTO rate_groups (id, name, currency) VALUES (${newId()}, ${group.name}, ${group.currency})
    ON CONFLICT (name) DO NOTHING
    RETURNING ${columns(sql)}`;
  if (!created) throw new NameTaken({ name: group.name });
  return created;
}

export async function findRateGroup(sql: Sql | Transaction, id: string): Promise<RateGroup | undefined> {
  const [group] = await sql<RateGroup[]>`SELECT ${columns(sql)} FROM rate_groups WHERE id = ${id}`;
  return group;
}

export async function findRateGroupByName(
  sql: Sql | Transaction,
  name: string,
): Promise<RateGroup | undefined> {
  const [group] = await sql<RateGroup[]>`SELECT ${columns(sql)} FROM rate_groups WHERE name = ${name}`;
  return group;
}

/** @throws InvalidInput, NameTaken, NotFound */
export async function renameRateGroup(
  sql: Sql,
  { id, name, actorId }: { id: string; name: string; actorId: string },
): Promise<RateGroup> {
  const renamed = boundedText('name', name, 100);
  try {
    return await sql.begin(async (tx) => {
      const [group] = await tx<
        RateGroup[]
      >`SELECT ${columns(tx)} FROM rate_groups WHERE id = ${id} FOR UPDATE`;
      if (!group) throw new NotFound({ what: 'rate group', reference: id });
      if (group.name === renamed) return group;
      await tx`UPDATE rate_groups SET name = ${renamed} WHERE id = ${id}`;
      const payload = { rateGroupId: id, name: renamed };
      await appendEvents(tx, [{ type: 'RATE_GROUP_RENAMED', actorId, payload }]);
      return { ...group, name: renamed };
    });
  } catch (error) {
    if (isUniqueViolation(error, 'rate_groups_name_key')) throw new NameTaken({ name: renamed });
    throw error;
  }
}

/**
 * Removes a group with its rates. One that prices the cards of a batch, or that a partner is limited to, stays: so no
 * call, running or past, was rated by it.
 *
 * @throws NotFound, RateGroupInUse
 */
export async function removeRateGroup(sql: Sql, id: string, actorId: string): Promise<RateGroup> {
  return sql.begin(async (tx) => {
    // A batch or an import that is about to refer to it waits for the end, and then finds no group.
    const [group] = await tx<RateGroup[]>`SELECT ${columns(tx)} FROM rate_groups WHERE id = ${id} FOR UPDATE`;
    if (!group) throw new NotFound({ what: 'rate group', reference: id });
    const [uses] = await tx<{ batches: number; partners: number }[]>`
      SELECT (SELECT count(*)::int FROM card_batches WHERE ${id} IN (rate_group_id, overflow_rate_group_id)) AS batches,
             (SELECT count(*)::int FROM partners WHERE ${id} = ANY (allowed_rate_group_ids)) AS partners`;
    if (uses && uses.batches + uses.partners > 0) throw new RateGroupInUse({ name: group.name, ...uses });
    await tx`DELETE FROM rates WHERE rate_group_id = ${id}`;
    await tx`DELETE FROM rate_imports WHERE rate_group_id = ${id}`;
    await tx`DELETE FROM rate_groups WHERE id = ${id}`;
    const payload = { rateGroupId: id, name: group.name };
    await appendEvents(tx, [{ type: 'RATE_GROUP_REMOVED', actorId, payload }]);
    return group;
  });
}

/**
 * Changes the call terms of a group from the next call on; calls in progress keep their terms.
 *
 * @throws InvalidInput, NotFound
 */
export async function setCallTerms(
  sql: Sql,
  { id, changes, actorId }: { id: string; changes: Partial<CallTerms>; actorId: string },
): Promise<RateGroup> {
  return sql.begin(async (tx) => {
    const [group] = await tx<RateGroup[]>`SELECT ${columns(tx)} FROM rate_groups WHERE id = ${id} FOR UPDATE`;
    if (!group) throw new NotFound({ what: 'rate group', reference: id });
    const terms = writeCallTerms(checkCallTerms({ ...readCallTerms(group.callTerms), ...changes }));
    const [changed] = await tx<RateGroup[]>`
      UPDATE rate_groups SET call_terms = ${tx.json(terms as never)}, version = version + 1 WHERE id = ${id}
      RETURNING ${columns(tx)}`;
    if (!changed) throw new Error('The locked rate group no longer exists.');
    await appendEvents(tx, [
      { type: 'CALL_TERMS_CHANGED', actorId, payload: { rateGroupId: id, version: changed.version } },
    ]);
    return changed;
  });
}
