import type { PartnerLimits } from '../domain/security/partner-activity.ts';
import { sealAuditBlocks } from '../store/audit/audit-chain.ts';
import { type AuditLog, ensureAuditPartitions } from '../store/audit/audit-log.ts';
import type { Calls } from '../store/calls/calls.ts';
import { ensureEventPartitions } from '../store/events/event-log.ts';
import { purgeFileLinks } from '../store/files/file-links.ts';
import type { FileSeal } from '../store/files/file-seal.ts';
import { purgeImportProblems } from '../store/imports/card-imports.ts';
import { purgeHolders } from '../store/keys/key-records.ts';
import type { KeyRing } from '../store/keys/key-ring.ts';
import type { Sql } from '../store/postgres/database.ts';
import { addReportFacts } from '../store/reports/report-counters.ts';
import type { FailedPins } from '../store/security/failed-pins.ts';
import { purgeSecurityRecords, type SecurityRetention } from '../store/security/security-retention.ts';
import type { CommandWriter } from '../store/writer/command-writer.ts';
import { settleAbandonedCalls } from './abandoned-calls.ts';
import { BatchGeneration } from './batch-generation.ts';
import { importCards } from './card-importing.ts';
import type { ClockGuard } from './clock-guard.ts';
import { noteDueCards } from './expiry.ts';
import { resumeRotation } from './key-rotation.ts';
import { purgePartnerHours, watchPartners } from './partner-watch.ts';
import { type Retention, removeExpired } from './retention.ts';

/** What the jobs need. */
interface JobServices {
  readonly sql: Sql;
  /** A direct connection to the same database. */
  readonly directUrl: string;
  /** The same, as the owner of the tables: only the owner can drop partitions. */
  readonly ownerUrl: string;
  readonly writer: CommandWriter;
  readonly audit: AuditLog;
  readonly calls: Calls;
  /** Jobs whose work can't be undone run only while it trusts the database's clock. */
  readonly clock: ClockGuard;
  readonly keyRing: KeyRing;
  readonly fileSeal: FileSeal;
  readonly failedPins: FailedPins;
  readonly retention: Retention;
  readonly securityRetention: SecurityRetention;
  readonly partnerLimits: PartnerLimits;
  /** Reloads the tree of partners if the last attempt failed. */
  refreshPartners(): Promise<unknown>;
}

export interface ScheduledJob {
  /** Pause between the end of one run and the start of the next. */
  readonly everyMs: number;
  run(signal: AbortSignal): Promise<unknown>;
}

/** Every job of a server, by its name in logs and metrics, with its interval. Several instances may run each at once. */
export function jobSchedule(services: JobServices) {
  const { sql, writer, audit, calls, directUrl, keyRing, clock } = services;
  const { isTrusted } = clock;
  const generation = new BatchGeneration({ sql, keys: keyRing, directUrl });
  return {
    'batch generation': { everyMs: 2_000, run: (signal) => generation.run(signal) },
    'card imports': {
      everyMs: 2_000,
      run: (signal) => importCards({ sql, keys: keyRing, seal: services.fileSeal, directUrl }, signal),
    },
    expiry: {
      everyMs: 5_000,
      run: clock.guarding((signal) => noteDueCards({ sql, writer, isTrusted }, signal)),
    },
    'abandoned calls': {
      everyMs: 2_000,
      run: clock.guarding((signal) => settleAbandonedCalls({ sql, calls, isTrusted }, signal)),
    },
    // Unsealed entries could be altered unnoticed: at most ten seconds of them.
    'audit seals': { everyMs: 10_000, run: (signal) => sealAuditBlocks(sql, signal) },
    retention: {
      everyMs: 600_000,
      run: clock.guarding((signal) =>
        removeExpired({ sql, audit, ownerUrl: services.ownerUrl }, services.retention, signal),
      ),
    },
    // How soon an instance loads a key added to the key file, and drops a retired one.
    'master keys': { everyMs: 3_000, run: () => keyRing.refresh() },
    'key rotation': {
      everyMs: 20_000,
      run: (signal) => resumeRotation({ sql, ring: keyRing }, signal),
    },
    partitions: { everyMs: 60_000, run: () => ensurePartitions(sql) },
    upkeep: { everyMs: 60_000, run: clock.guarding(() => upkeep(services)) },
    'partner tree': { everyMs: 1_000, run: () => services.refreshPartners() },
    'failed PINs': { everyMs: 1_000, run: () => services.failedPins.publish() },
    'report counters': { everyMs: 2_000, run: (signal) => addReportFacts(sql, signal) },
    'partner watch': {
      everyMs: 10_000,
      run: (signal) => watchPartners({ sql, limits: services.partnerLimits }, signal),
    },
  } satisfies Record<string, ScheduledJob>;
}

/** Creates the partitions needed next. */
async function ensurePartitions(sql: Sql): Promise<void> {
  await ensureEventPartitions(sql);
  await ensureAuditPartitions(sql);
}

/** Deletes expired records. */
async function upkeep({ sql, securityRetention }: JobServices): Promise<void> {
  await purgeFileLinks(sql);
  await purgeImportProblems(sql);
  await purgeSecurityRecords(sql, securityRetention);
  await purgePartnerHours(sql);
  await purgeHolders(sql);
}
