import { describe, expect, test } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import {
  AuditLogDocument,
  type AuditLogQueryVariables,
  CreatePartnerDocument,
  ExportAuditLogDocument,
  ExportCardBatchDocument,
  RechargeCardDocument,
  RevokeApiKeyDocument,
  TopUpPartnerDocument,
} from '../../src/client/operations.ts';
import { toGlobalId } from '../../src/graphql/core/global-id.ts';
import { sealAuditBlocks } from '../../src/store/audit/audit-chain.ts';
import { verify } from '../../src/store/verification.ts';
import { euros, newKey, nth, useApi } from '../harness/api.ts';
import { expectForbidden, succeeded } from '../harness/refusals.ts';

const api = useApi();

const entries = async (filter: AuditLogQueryVariables['filter'] = {}) => {
  const { auditLog } = await api.administrator.request(AuditLogDocument, { filter, first: 100 });
  return auditLog.edges.map(({ node }) => node);
};

const recharge = (amount = '1.00', by = api.partner.client, cardId = nth(api.partner.batch, 0).id) =>
  by.request(RechargeCardDocument, {
    input: { card: { id: cardId }, amount: euros(amount), idempotencyKey: newKey() },
  });

const count = async (table: string) => {
  const [row] = await api.db.database.sql`SELECT count(*)::int AS count FROM ${api.db.database.sql(table)}`;
  return row?.count as number;
};

describe('an entry', () => {
  test('says who did what, from where, to which object, with which outcome', async () => {
    const card = nth(api.partner.batch, 1);
    succeeded((await recharge('2.00', api.partner.client, card.id)).result);
    const [entry] = await entries({ operation: 'rechargeCard', objectId: card.id });
    const [key] = await api.db.database.sql`
      SELECT id, prefix FROM api_keys WHERE partner_id = ${api.partner.uuid}`;
    expect(entry).toMatchObject({
      actorId: key?.id,
      keyPrefix: key?.prefix,
      role: 'PARTNER',
      address: '127.0.0.1',
      requestId: expect.stringMatching(/\S/),
      objectType: 'Card',
      objectId: card.id,
      outcome: 'OK',
    });
  });

  test('names the card behind a serial and the partner of a wallet', async () => {
    const { serial, id } = nth(api.partner.batch, 2);
    const input = { amount: euros('1.00'), idempotencyKey: newKey() };
    succeeded(
      (await api.partner.client.request(RechargeCardDocument, { input: { ...input, card: { serial } } }))
        .result,
    );
    expect(await entries({ objectId: id })).toMatchObject([{ operation: 'rechargeCard', outcome: 'OK' }]);
    const topUp = { partnerId: api.partner.id, amount: euros('1.00'), idempotencyKey: newKey() };
    succeeded((await api.administrator.request(TopUpPartnerDocument, { input: topUp })).result);
    expect(await entries({ operation: 'topUpPartner' })).toMatchObject([{ objectId: api.partner.id }]);
  });

  test('names what was made', async () => {
    const { result } = await api.administrator.request(CreatePartnerDocument, {
      input: { name: 'Audited', currency: 'EUR' },
    });
    const { partner } = succeeded(result);
    expect(await entries({ operation: 'createPartner' })).toMatchObject([
      { objectType: 'Partner', objectId: partner.id, role: 'ADMINISTRATOR', outcome: 'OK' },
    ]);
  });

  test('is there for what was refused, forbidden or failed by an argument, each by its code and once', async () => {
    const card = nth(api.rival.batch, 0);
    await recharge('1.00', api.partner.client, card.id);
    await recharge('-1.00', api.rival.client, card.id);
    await expectForbidden(api, () => recharge('1.00', api.ivr, card.id));
    const told = await entries({ objectId: card.id });
    expect(told.map(({ outcome }) => outcome)).toEqual(['FORBIDDEN', 'INVALID_AMOUNT', 'NOT_FOUND']);
  });

  test('is written once for a mutation that many share a transaction with', async () => {
    const before = await count('audit_entries');
    await Promise.all(Array.from({ length: 40 }, () => recharge()));
    expect(await count('audit_entries')).toBe(before + 40);
  });

  test('is there once a minute for a credential that is none, and holds only the beginning of a key', async () => {
    const secret = `clk_${'x'.repeat(43)}`;
    const stranger = createClient({ url: api.url, key: secret });
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(stranger.request(AuditLogDocument, {})).rejects.toThrow();
    }
    await stranger.close();
    await expect
      .poll(() => entries({ outcome: 'UNAUTHENTICATED' }))
      .toMatchObject([
        {
          operation: 'authenticate',
          keyPrefix: 'clk_xxxxxxxx',
          actorId: null,
          role: null,
          address: '127.0.0.1',
        },
      ]);
    const [row] = await api.db.database.sql`
      SELECT string_agg(e::text, ' ') AS text FROM audit_entries e`;
    expect(row?.text).not.toContain(secret.slice(0, 16));
  });
});

describe('auditLog', () => {
  test('is filtered, paged and for administrators and auditors only', async () => {
    const auditor = createClient({ url: api.url, key: await api.secret('AUDITOR') });
    const whole = await auditor.request(AuditLogDocument, {
      filter: { operation: 'rechargeCard' },
      first: 50,
    });
    const ids = whole.auditLog.edges.map(({ node }) => node.id);
    expect(ids.length).toBeGreaterThan(40);
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const { auditLog }: typeof whole = await auditor.request(AuditLogDocument, {
        filter: { operation: 'rechargeCard' },
        first: 7,
        after,
      });
      paged.push(...auditLog.edges.map(({ node }) => node.id));
      after = auditLog.pageInfo.hasNextPage ? (auditLog.pageInfo.endCursor ?? null) : null;
    } while (after !== null && paged.length < ids.length);
    expect(paged.slice(0, ids.length)).toEqual(ids);
    await auditor.close();

    expect(await entries({ address: '10.0.0.1' })).toEqual([]);
    expect(await entries({ to: '2000-01-01T00:00:00Z' })).toEqual([]);
    await expectForbidden(api, () => api.partner.client.request(AuditLogDocument, {}));
    await expectForbidden(api, () => api.ivr.request(AuditLogDocument, {}));
  });

  test('is exported as NDJSON over a link that works once, which is noted', async () => {
    const filter = { operation: 'rechargeCard', outcome: 'OK' };
    const { result } = await api.administrator.request(ExportAuditLogDocument, { filter });
    const { url } = succeeded(result).download;
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toContain('application/x-ndjson');
    const lines = (await response.text()).trimEnd().split('\n');
    const [first] = lines.map((line) => JSON.parse(line));
    expect(first).toMatchObject({ operation: 'rechargeCard', outcome: 'OK', position: expect.any(String) });
    const [row] = await api.db.database.sql`
      SELECT count(*)::int AS count FROM audit_entries WHERE operation = 'rechargeCard' AND outcome = 'OK'`;
    expect(lines).toHaveLength(row?.count);
    expect((await fetch(url)).status).toBe(410);
    expect(await entries({ operation: 'downloadAuditLog' })).toHaveLength(1);
    expect(await entries({ operation: 'exportAuditLog' })).toMatchObject([{ outcome: 'OK' }]);
  });

  test('notes who asked for a print file and who fetched it', async () => {
    const { id } = api.partner.batch;
    const { result } = await api.administrator.request(ExportCardBatchDocument, { id });
    const file = await fetch(succeeded(result).download?.url ?? '');
    await file.body?.cancel();
    const told = await entries({ objectId: id });
    expect(told.map(({ operation }) => operation)).toEqual(['downloadCardBatch', 'exportCardBatch']);
    expect(told[0]?.address).toBe('127.0.0.1');
  });

  test('names the key that was revoked', async () => {
    await api.secret('AUDITOR');
    const [key] = await api.db.database.sql`SELECT id FROM api_keys ORDER BY id DESC LIMIT 1`;
    const id = toGlobalId('ApiKey', key?.id);
    succeeded((await api.administrator.request(RevokeApiKeyDocument, { id })).result);
    const told = await entries({ objectId: id });
    expect(told.map(({ operation }) => operation)).toEqual(['revokeApiKey', 'createApiKey']);
  });
});

test('several instances seal at once, and everything is proved and under one seal', async () => {
  const { sql } = api.db.database;
  await Promise.all([1, 2, 3].map(() => sealAuditBlocks(sql)));
  await sealAuditBlocks(sql);
  const [sealed] = await sql`SELECT sum(count)::int AS count, count(*)::int AS blocks FROM audit_blocks`;
  expect(sealed?.count).toBe(await count('audit_entries'));
  expect((await verify(sql)).discrepancies.filter(({ check }) => check.startsWith('audit'))).toEqual([]);
});
