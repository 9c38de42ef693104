import { beforeAll, describe, expect, test } from 'vitest';
import {
  AuthorizeCallDocument,
  BatchLifeReportDocument,
  CardStatementReportDocument,
  CardStatesReportDocument,
  CompleteCallDocument,
  ExpiringCardsReportDocument,
  ExportReportDocument,
  type ExportReportInput,
  FailedAuthenticationsReportDocument,
  LiabilityReportDocument,
  RechargeCardDocument,
  RechargesReportDocument,
  RevenueReportDocument,
  UsageReportDocument,
  WalletStatementReportDocument,
} from '../../../src/client/operations.ts';

import { addReportFacts } from '../../../src/store/reports/report-counters.ts';
import { type Api, type ApiBatch, euros, newKey, nth, useApi } from '../../harness/api.ts';
import { makeRateGroup } from '../../harness/cards.ts';
import { headPosition, positionIn } from '../../harness/positions.ts';
import { expectForbidden, expectRefusal, failure, succeeded } from '../../harness/refusals.ts';

const api = useApi();
let batch: ApiBatch;
let rateGroupId: string;
const ANI = '+390677712345';

beforeAll(async () => {
  const { sql } = api.db.database;
  rateGroupId = await makeRateGroup(sql, [{ prefix: '39', pricePer1e8Minute: 10_000_000n }]);
  await sql`UPDATE rates SET destination = '=HYPERLINK("http://x","Italy, ""mobile""")' WHERE rate_group_id = ${rateGroupId}`;
  batch = await api.cards({
    count: 3,
    rateGroupId,
    partnerId: api.partner.uuid,
    validityDays: 10,
    graceDays: 5,
  });
  await sql`INSERT INTO number_bindings (number, card_id, created_at) VALUES (${ANI}, ${nth(batch, 0).uuid}, now())`;
  for (const totalSeconds of [90, 0]) {
    const switchCallId = newKey();
    const input = { switchCallId, by: { ani: ANI }, number: '+390655512345' };
    succeeded((await api.ivr.request(AuthorizeCallDocument, { input })).result);
    succeeded(
      (await api.ivr.request(CompleteCallDocument, { input: { switchCallId, totalSeconds } })).result,
    );
  }
  const recharge = { card: { id: nth(batch, 1).id }, amount: euros('10'), idempotencyKey: newKey() };
  succeeded((await api.partner.client.request(RechargeCardDocument, { input: recharge })).result);
});

const today = () => new Date().toISOString().slice(0, 10);
const nodes = <Node>({ edges }: { edges: readonly { node: Node }[] }) => edges.map(({ node }) => node);

async function csv(client: Api['administrator'], report: ExportReportInput): Promise<string> {
  const { result } = await client.request(ExportReportDocument, { report });
  const response = await fetch(succeeded(result).download.url);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  return response.text();
}

describe('reports', () => {
  test('report how cards stand and what became of a batch, as the log stands', async () => {
    const { administrator } = api;
    const filter = { cardBatchId: batch.id };
    const { report: states } = await administrator.request(CardStatesReportDocument, { filter });
    expect(nodes(states)).toMatchObject([
      {
        cardBatchId: batch.id,
        partnerId: api.partner.id,
        made: 3,
        inactive: 0,
        active: 3,
        locked: 0,
        expired: 0,
      },
    ]);
    expect(positionIn(states.asOf)).toBe(await headPosition(api.db.database.sql));
    const { report: life } = await administrator.request(BatchLifeReportDocument, { filter });
    expect(nodes(life)).toMatchObject([
      {
        ...{
          activated: 3,
          firstUsed: 1,
          exhausted: 0,
          expired: 0,
          averageDaysToFirstUse: '0.00',
          usedWithinDay: 1,
        },
        ...{ issued: euros('15.00'), recharged: euros('10.00'), used: euros('0.20'), left: euros('24.80') },
      },
    ]);
  });

  test('report money and calls of a day, whether or not it was added up', async () => {
    const { administrator } = api;
    const ask = async () => {
      const period = { from: today(), to: today(), timeZone: 'UTC' };
      const [usage, revenue, recharges, liability] = await Promise.all([
        administrator.request(UsageReportDocument, { filter: { period } }),
        administrator.request(RevenueReportDocument, { filter: { period } }),
        administrator.request(RechargesReportDocument, { filter: { period } }),
        administrator.request(LiabilityReportDocument),
      ]);
      return { usage, revenue, recharges, liability };
    };
    const before = await ask();
    expect(nodes(before.usage.report)).toMatchObject([
      {
        calls: 2,
        answered: 1,
        minutes: '1.50',
        averageSeconds: '90.0',
        answerRatioPercent: '50.0',
        charge: euros('0.20'),
      },
    ]);
    expect(nodes(before.revenue.report)).toMatchObject([{ usage: euros('0.20'), total: euros('0.20') }]);
    expect(nodes(before.recharges.report)).toMatchObject([
      { partnerId: api.partner.id, recharges: 1, amount: euros('10.00'), reversals: 0 },
    ]);
    const [{ balance } = { balance: '' }] = await api.db.database.sql<{ balance: string }[]>`
      SELECT sum(balance)::text AS balance FROM cards`;
    expect(nodes(before.liability.report)).toEqual([
      { day: today(), owed: euros((Number(balance) / 1e6).toFixed(2)) },
    ]);
    await addReportFacts(api.db.database.sql);
    expect(await ask()).toEqual(before);
  });

  test('list the cards that expire soon, of all or of a partner, in pages', async () => {
    const { administrator, partner, rival } = api;
    await api.db.database.sql`
      UPDATE cards SET valid_until = now() + interval '3 days', grace_until = now() + interval '4 days'
      WHERE id = ${nth(batch, 1).uuid}`;
    const { report } = await administrator.request(ExpiringCardsReportDocument, { first: 1 });
    expect(nodes(report).map(({ serial }) => serial)).toEqual([nth(batch, 1).serial]);
    const next = { after: report.pageInfo.endCursor ?? '' };
    for (const client of [administrator, partner.client]) {
      const { report: rest } = await client.request(ExpiringCardsReportDocument, next);
      expect(nodes(rest)).toMatchObject([{ serial: nth(batch, 0).serial, state: 'ACTIVE' }]);
    }
    const { report: none } = await administrator.request(ExpiringCardsReportDocument, {
      filter: { withinDays: 2 },
    });
    expect(nodes(none)).toEqual([]);
    expect(nodes((await rival.client.request(ExpiringCardsReportDocument)).report)).toEqual([]);
  });

  test('are statements between two balances', async () => {
    const { partner } = api;
    const card = { id: nth(batch, 1).id };
    const { report } = await partner.client.request(CardStatementReportDocument, {
      filter: { card },
      first: 1,
    });
    expect(report).toMatchObject({ opening: euros('0.00'), closing: euros('15.00') });
    expect(nodes(report)).toMatchObject([{ kind: 'ISSUE', cardBalanceAfter: euros('5.00') }]);
    const rest = { filter: { card }, after: report.pageInfo.endCursor ?? '' };
    expect(nodes((await partner.client.request(CardStatementReportDocument, rest)).report)).toMatchObject([
      { kind: 'RECHARGE', cardChange: euros('10.00') },
    ]);
    const { report: wallet } = await partner.client.request(WalletStatementReportDocument, {
      filter: { partnerId: partner.id },
    });
    expect(wallet).toMatchObject({ opening: euros('0.00'), closing: euros('90.00') });
    const period = { from: '2026-01-01', to: '2026-01-31', timeZone: 'UTC' };
    const { report: past } = await partner.client.request(WalletStatementReportDocument, {
      filter: { partnerId: partner.id, period },
    });
    expect(past).toMatchObject({ opening: euros('0.00'), closing: euros('0.00'), edges: [] });
  });

  test('name the sources of failures', async () => {
    const { sql } = api.db.database;
    const failed = (number: string, attempts: number) => sql`
      INSERT INTO failed_authentications (id, minute, reason, operation, actor_id, address, caller_number, attempts, last_at)
      VALUES (${newKey()}, date_trunc('minute', now()), 'UNKNOWN_PIN', 'AUTHENTICATE_CARD', ${newKey()}, '192.0.2.1',
        ${number}, ${attempts}, now())`;
    await failed('+390611111111', 2);
    await failed('+390611111111', 3);
    await failed('+390622222222', 7);
    const { report } = await api.administrator.request(FailedAuthenticationsReportDocument, { first: 1 });
    expect(nodes(report)).toMatchObject([{ source: '+390622222222', attempts: 7, compared: 7 }]);
    const { report: rest } = await api.administrator.request(FailedAuthenticationsReportDocument, {
      after: report.pageInfo.endCursor ?? '',
    });
    expect(nodes(rest)).toMatchObject([{ source: '+390611111111', attempts: 5 }]);
    const by = { by: 'ADDRESS' as const };
    const { report: addresses } = await api.administrator.request(FailedAuthenticationsReportDocument, {
      filter: by,
    });
    expect(nodes(addresses)).toMatchObject([{ source: '192.0.2.1', attempts: 12 }]);
    expect(await csv(api.administrator, { failedAuthentications: { by: 'CALLER_NUMBER' } })).toContain(
      "\r\n'+390622222222,7,7,",
    );
  });

  test('come as CSV in which no cell is a formula', async () => {
    const usage = await csv(api.administrator, { usage: {} });
    const [head, line] = usage.split('\r\n');
    expect(head).toBe(
      'day,destination,rate_group_id,rate_group,partner_id,partner,calls,answered,minutes,average_seconds,answer_ratio_percent,currency,charge',
    );
    expect(line).toMatch(/^\d{4}-\d\d-\d\d,"'=HYPERLINK\(""http:\/\/x"",""Italy, """"mobile""""""\)",/);
    expect(line).toMatch(/,2,1,1\.50,90\.0,50\.0,EUR,0\.20$/);
    const all: ExportReportInput[] = [
      { cardStates: {} },
      { batchLife: {} },
      { liability: { period: { from: '2026-01-01', to: '2026-12-31', timeZone: 'Asia/Kathmandu' } } },
      { revenue: {} },
      { recharges: {} },
      { expiringCards: { withinDays: 30 } },
      { cardStatement: { card: { id: nth(batch, 0).id } } },
      { walletStatement: { partnerId: api.partner.id } },
    ];
    const files = await Promise.all(all.map((report) => csv(api.administrator, report)));
    expect(files.map((file) => file.split('\r\n').length > 2)).toEqual(all.map(() => true));
    expect(files[2]?.split('\r\n')).toHaveLength(1 + 365 + 1);
  });

  test('refuse what they can not be made of', async () => {
    const { administrator } = api;
    const refused = (period: { from?: string; to?: string; timeZone: string }) =>
      failure(() => administrator.request(UsageReportDocument, { filter: { period } }));
    expect(await refused({ timeZone: 'Europe/Atlantis' })).toBe('INVALID_INPUT');
    expect(await refused({ timeZone: '+05:30' })).toBe('INVALID_INPUT');
    expect(await refused({ from: '2026-02-30', timeZone: 'UTC' })).toBe('INVALID_INPUT');
    expect(await refused({ from: '2026-02-02', to: '2026-02-01', timeZone: 'UTC' })).toBe('INVALID_INPUT');
    expect(await refused({ from: '2020-01-01', to: '2026-02-01', timeZone: 'UTC' })).toBe('INVALID_INPUT');
    await expectRefusal(api, 'INVALID_INPUT', () =>
      administrator.request(ExportReportDocument, { report: { expiringCards: { withinDays: 0 } } }),
    );
    const after = Buffer.from('DC:T:["S:x","S:y","S:z","S:w"]').toString('base64');
    expect(await failure(() => administrator.request(UsageReportDocument, { after }))).toBe('BAD_USER_INPUT');
  });
});

describe('a partner', () => {
  test('sees of every report its own part', async () => {
    const { partner, rival } = api;
    const own = await partner.client.request(CardStatesReportDocument);
    expect(new Set(nodes(own.report).map(({ partnerId }) => partnerId))).toEqual(new Set([partner.id]));
    expect(nodes((await rival.client.request(UsageReportDocument)).report)).toEqual([]);
    expect(nodes((await rival.client.request(RechargesReportDocument)).report)).toEqual([]);
    const theirs = { filter: { partnerId: partner.id } };
    expect(await failure(() => rival.client.request(UsageReportDocument, theirs))).toBe('NOT_FOUND');
    expect(await failure(() => rival.client.request(WalletStatementReportDocument, theirs))).toBe(
      'NOT_FOUND',
    );
    const card = { filter: { card: { id: nth(batch, 0).id } } };
    expect(await failure(() => rival.client.request(CardStatementReportDocument, card))).toBe('NOT_FOUND');
    expect((await csv(rival.client, { usage: {} })).split('\r\n')).toHaveLength(2);
    await expectRefusal(api, 'NOT_FOUND', () =>
      rival.client.request(ExportReportDocument, { report: { walletStatement: { partnerId: partner.id } } }),
    );
  });

  test('has no part in those about the operator', async () => {
    const { client } = api.partner;
    await expectForbidden(api, () => client.request(LiabilityReportDocument));
    await expectForbidden(api, () => client.request(RevenueReportDocument));
    await expectForbidden(api, () => client.request(FailedAuthenticationsReportDocument));
    for (const report of [
      { liability: {} },
      { revenue: {} },
      { failedAuthentications: { by: 'ADDRESS' as const } },
    ]) {
      await expectRefusal(api, 'NOT_ALLOWED', () => client.request(ExportReportDocument, { report }));
    }
  });
});
