import postgres from 'postgres';
import { type Database, openDatabase } from '../../src/store/postgres/database.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import {
  REPORTS,
  type Report,
  type ReportName,
  type ReportRequest,
} from '../../src/store/reports/catalog.ts';
import { beginReportCounters } from '../../src/store/reports/report-recount.ts';
import type { Bench } from './ground.ts';
import { fillBusiness, idOf } from './report-business.ts';
import { median } from './statistics.ts';

const FEW = 20_000;
const MANY = 2_000_000;
const ROUNDS = 41;
const PAGE = 20;

/**
 * What a page of each report takes with two million cards, their movements and calls, and with a hundredth of it. Both
 * have as many days, batches, partners and destinations: what a report tells of. The sides take turns, without HTTP.
 */
export async function benchReports({ databaseUrl }: Bench): Promise<void> {
  const [few, many] = [await business(databaseUrl, FEW), await business(databaseUrl, MANY)];
  try {
    console.log(
      `\nA page of ${PAGE} rows of each report, median of ${ROUNDS} in milliseconds, sides in turn`,
    );
    for (const name of Object.keys(REPORTS) as ReportName[]) {
      const [least, most] = await inTurn(
        () => read(few, name),
        () => read(many, name),
      );
      const ratio = (most / least).toFixed(2);
      console.log(
        `  ${name}: ${least.toFixed(2)} with ${FEW} cards, ${most.toFixed(2)} with ${MANY}: ${ratio} ×`,
      );
    }
  } finally {
    await few.close();
    await many.close();
  }
}

/** A database of its own on the same PostgreSQL. */
async function business(databaseUrl: string, cards: number): Promise<Database> {
  const url = new URL(databaseUrl);
  const admin = postgres(url.href, { max: 1, onnotice: () => {} });
  url.pathname = `/reports_${cards}`;
  await admin.unsafe(`CREATE DATABASE reports_${cards}`);
  await admin.end();
  await migrate(url.href);
  const database = openDatabase({ url: url.href, maxConnections: 2 });
  await fillBusiness(database.sql, cards);
  const start = performance.now();
  await beginReportCounters(database.sql);
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  console.log(`  ${cards} cards with their movements and calls counted for the first time in ${seconds} s`);
  await database.sql`VACUUM ANALYZE`;
  return database;
}

async function read({ sql }: Database, name: ReportName): Promise<void> {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const request: ReportRequest = {
    period: { from: day(30), to: day(0), timeZone: 'Asia/Kathmandu' },
    partnerIds: null,
    batchId: null,
    accountId: idOf(name === 'walletStatement' ? 'partner' : 'card', 1),
    days: 30,
    source: 'CALLER_NUMBER',
  };
  await (REPORTS[name] as Report<object>).read(sql, request, { after: null, limit: PAGE });
}

async function inTurn(a: () => Promise<void>, b: () => Promise<void>): Promise<[number, number]> {
  const taken: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [side, ask] of [a, b].entries()) {
      const start = performance.now();
      await ask();
      // The first of each side finds no plan and nothing in memory.
      if (round > 0) taken[side]?.push(performance.now() - start);
    }
  }
  return [median(taken[0]), median(taken[1])];
}
