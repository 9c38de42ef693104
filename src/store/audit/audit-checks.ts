import { AUDIT_PARTITION, BLOCK_HASH, ENTRY_DIGEST } from './audit-chain.ts';

/** The start of the kept entries: older partitions were dropped, each with whole blocks. */
const KEPT_FROM = `
  SELECT greatest(1, min(substring(c.relname FROM '[0-9]+$')::bigint) * ${AUDIT_PARTITION}) AS position
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'audit_entries'::regclass`;

/**
 * Verification of the audit trail, in the form of the other checks of store/verification.ts: compares entries with the
 * digests in their blocks, which identify the altered entry; blocks with their hashes and each other, which detect
 * altered digests; and what is not yet sealed with the head.
 */
export const AUDIT_CHECKS: Readonly<Record<string, string>> = {
  'audit entries': `
    WITH kept AS (${KEPT_FROM}), sealed AS (
      SELECT b.from_position + n AS position, substring(b.digests FROM (n * 32 + 1)::int FOR 32) AS digest
      FROM kept, audit_blocks b, generate_series(0, b.count - 1) AS n
      WHERE b.from_position >= kept.position
    )
    SELECT 'audit entry ' || coalesce(s.position, e.position) AS row,
           CASE WHEN e.position IS NULL THEN 'is missing'
                WHEN s.position IS NULL THEN 'was inserted'
                ELSE 'was altered after it was sealed' END AS problem
    FROM (SELECT * FROM audit_entries e
          WHERE e.position <= (SELECT coalesce(max(to_position), 0) FROM audit_blocks)) AS e
    FULL JOIN sealed s ON s.position = e.position
    WHERE e.position IS NULL OR s.position IS NULL OR s.digest IS DISTINCT FROM ${ENTRY_DIGEST}
    ORDER BY coalesce(s.position, e.position)`,
  'audit blocks': `
    SELECT 'audit block ' || number AS row,
           CASE WHEN hash <> right_hash THEN 'was altered: its hash does not match its content'
                WHEN previous_hash <> before_hash THEN 'does not chain to the previous block, which was altered or is missing'
                ELSE 'does not begin where the previous block ends' END AS problem
    FROM (
      SELECT b.*, ${BLOCK_HASH} AS right_hash, octet_length(b.digests) / 32 AS digested,
             coalesce(lag(b.hash) OVER follow, decode(repeat('00', 32), 'hex')) AS before_hash,
             coalesce(lag(b.to_position) OVER follow, 0) AS before_position
      FROM audit_blocks b WINDOW follow AS (ORDER BY b.number)
    ) AS b
    WHERE hash <> right_hash OR previous_hash <> before_hash OR from_position <> before_position + 1 OR digested <> count
    ORDER BY number`,
  'audit positions': `
    WITH kept AS (${KEPT_FROM}), unsealed AS (
      SELECT greatest((SELECT coalesce(max(to_position), 0) FROM audit_blocks), (SELECT position FROM kept) - 1) AS after
    )
    SELECT 'audit entry ' || position AS row, format('follows entry %s: the positions between are missing', before) AS problem
    FROM (
      SELECT e.position, coalesce(lag(e.position) OVER (ORDER BY e.position), u.after) AS before
      FROM unsealed u JOIN audit_entries e ON e.position > u.after
    ) AS e
    WHERE position <> before + 1
    ORDER BY position`,
  'audit head': `
    SELECT 'audit head' AS row, format('is at %s, the last entry at %s', h.position, last.position) AS problem
    FROM audit_head h, LATERAL (
      SELECT greatest((SELECT max(position) FROM audit_entries), (SELECT max(to_position) FROM audit_blocks), 0) AS position
    ) AS last
    WHERE h.position <> last.position`,
};
