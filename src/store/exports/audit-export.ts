import { type AuditFilter, readAuditPage } from '../audit/audit-filter.ts';
import type { Sql } from '../postgres/database.ts';

const PAGE = 1_000;

/** A filter as stored in the subject of a link, with instants as text. */
export interface StoredAuditFilter extends Omit<AuditFilter, 'from' | 'to'> {
  readonly from?: string | null;
  readonly to?: string | null;
}

/**
 * The audit trail as NDJSON (one JSON object a line), oldest first. Reads one page at a time as the consumer asks, up
 * to the position of the trail when it began, so that an export does not chase new entries.
 */
export async function* exportAudit(sql: Sql, kept: StoredAuditFilter): AsyncGenerator<string> {
  const filter = { ...kept, from: instant(kept.from), to: instant(kept.to) };
  const [head] = await sql<{ position: bigint }[]>`SELECT position FROM audit_head`;
  const end = head?.position ?? 0n;
  let after = 0n;
  for (;;) {
    const entries = await readAuditPage(sql, filter, { after, limit: PAGE });
    const wanted = entries.filter(({ position }) => position <= end);
    yield wanted.map((entry) => `${JSON.stringify(entry, asText)}\n`).join('');
    after = entries.at(-1)?.position ?? end;
    if (entries.length < PAGE || after >= end) return;
  }
}

const instant = (text: string | null | undefined) => (text ? new Date(text) : null);

const asText = (_name: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
