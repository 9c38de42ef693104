import { hash, randomBytes } from 'node:crypto';
import type { Branch } from '../../domain/partners/branch.ts';
import { FileLinkExpired, FileLinkUsed } from '../../domain/rejections/files.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { newId } from '../postgres/new-id.ts';
import type { fileLinkPurpose } from '../schema/files.ts';
import { type LinkMaker, refuseEndedMaker } from './link-makers.ts';

export type FileLinkPurpose = (typeof fileLinkPurpose.enumValues)[number];

/** How long a link works: an upload takes time to prepare, a download is wanted at once. */
const LIFE_SECONDS: Readonly<Record<FileLinkPurpose, number>> = {
  UPLOAD_RATES: 3_600,
  UPLOAD_CARDS: 3_600,
  EXPORT_BATCH: 600,
  EXPORT_AUDIT: 600,
  EXPORT_REPORT: 600,
};

export interface FileLink extends LinkMaker {
  readonly id: string;
  readonly purpose: FileLinkPurpose;
  readonly subject: Record<string, unknown>;
  readonly expiresAt: Date;
}

/** The creator of a link: a viewer, or the command line. */
interface NewLinkMaker {
  readonly actorId: string;
  readonly partnerId: string | null;
  readonly branch: Branch | null;
  /** When the creator's session ends, if no API key determines it. */
  readonly sessionEndsAt?: Date | undefined;
}

export interface NewFileLink {
  readonly purpose: FileLinkPurpose;
  /** What the link refers to, such as the id of a batch. */
  readonly subject: Record<string, unknown>;
  readonly maker: NewLinkMaker;
}

/** Creates a link that works once. Its secret is 256 random bits and is returned only here. */
export async function createFileLink(
  sql: Sql | Transaction,
  { purpose, subject, maker }: NewFileLink,
): Promise<{ link: FileLink; secret: string }> {
  const secret = randomBytes(32).toString('base64url');
  const { actorId, partnerId, branch, sessionEndsAt = null } = maker;
  const reach = branch && [...branch.ids()];
  const [link] = await sql<FileLink[]>`
    INSERT INTO file_links (id, purpose, digest, subject, actor_id, partner_id, reach, expires_at)
    VALUES (${newId()}, ${purpose}, ${digestOf(secret)}, ${sql.json(subject as never)}, ${actorId}, ${partnerId},
      ${reach}, least(now() + make_interval(secs => ${LIFE_SECONDS[purpose]}), ${sessionEndsAt}::timestamptz))
    RETURNING ${columns(sql)}`;
  if (!link) throw new Error('A link was inserted and not returned.');
  return { link, secret };
}

/**
 * Uses a link up, if it is for one of these purposes and its creator could still create it. Of two concurrent uses, one
 * succeeds.
 *
 * @param address the address it is used from; null: this machine
 * @throws FileLinkUsed, FileLinkExpired, FileLinkEnded, NotFound
 */
export async function takeFileLink<Purpose extends FileLinkPurpose>(
  sql: Sql | Transaction,
  secret: string,
  { purposes, address }: { readonly purposes: readonly Purpose[]; readonly address: string | null },
): Promise<FileLink & { readonly purpose: Purpose }> {
  const digest = digestOf(secret);
  const among = sql`purpose = ANY(${[...purposes]}::file_link_purpose[])`;
  const [link] = await sql<(FileLink & { readonly purpose: Purpose })[]>`
    UPDATE file_links SET used_at = now()
    WHERE digest = ${digest} AND ${among} AND used_at IS NULL AND expires_at > now()
    RETURNING ${columns(sql)}`;
  if (link) {
    await refuseEndedMaker(sql, link, address);
    return link;
  }
  const [known] = await sql<{ used: boolean }[]>`
    SELECT used_at IS NOT NULL AS used FROM file_links WHERE digest = ${digest} AND ${among}`;
  if (!known) throw new NotFound({ what: 'link', reference: 'it' });
  throw known.used ? new FileLinkUsed() : new FileLinkExpired();
}

/** Deletes links, and the files that were uploaded through them, a day after they expired. */
export async function purgeFileLinks(sql: Sql): Promise<void> {
  await sql`DELETE FROM file_links WHERE expires_at < now() - interval '1 day'`;
}

function digestOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

function columns(sql: Sql | Transaction) {
  return sql`id, purpose, subject, actor_id AS "actorId", partner_id AS "partnerId", reach, expires_at AS "expiresAt"`;
}
