import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { TransactionFigures } from '../../store/writer/command-writer.ts';
import { VERSION } from '../version.ts';

const OPERATION_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const TRANSACTION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const GROUP_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128, 256];

export type Transport = 'http' | 'sse' | 'ws';

/**
 * The Prometheus metrics of one server. No label contains client input: operations are labeled by their root field, so
 * that the schema bounds the number of series.
 */
export class Metrics {
  readonly registry = new Registry();
  readonly #in = { registers: [this.registry] };

  readonly operations = new Histogram({
    name: 'cardline_operation_seconds',
    help: 'Time of GraphQL operations, by the field at the top ("several" when there are more); of subscriptions until they are open.',
    labelNames: ['operation', 'transport'],
    buckets: OPERATION_BUCKETS,
    ...this.#in,
  });
  readonly errors = new Counter({
    name: 'cardline_errors_total',
    help: 'Errors returned to clients, by code: rejections as data and GraphQL errors.',
    labelNames: ['code'],
    ...this.#in,
  });
  readonly requests = new Counter({
    name: 'cardline_http_requests_total',
    help: 'Requests over HTTP that were answered, by route and status.',
    labelNames: ['route', 'status'],
    ...this.#in,
  });
  readonly connections = new Gauge({
    name: 'cardline_connections',
    help: 'WebSockets (ws) and streams (sse) that are open.',
    labelNames: ['transport'],
    ...this.#in,
  });
  readonly slowClients = new Counter({
    name: 'cardline_slow_clients_cut_total',
    help: 'WebSockets and streams that were cut because their client took nothing.',
    labelNames: ['transport'],
    ...this.#in,
  });
  readonly droppedSpans = new Counter({
    name: 'cardline_spans_dropped_total',
    help: 'Spans that did not reach the collector of traces.',
    ...this.#in,
  });
  readonly historyLosses = new Counter({
    name: 'cardline_history_losses_total',
    help: 'How often the database turned out to have lost events that this instance had seen.',
    ...this.#in,
  });
  readonly jobs = new Histogram({
    name: 'cardline_job_seconds',
    help: 'Time of the runs of what runs by itself.',
    labelNames: ['task'],
    buckets: [0.01, 0.1, 1, 10, 60, 600],
    ...this.#in,
  });
  readonly jobFailures = new Counter({
    name: 'cardline_job_failures_total',
    help: 'Runs of what runs by itself that failed; they are tried again.',
    labelNames: ['task'],
    ...this.#in,
  });
  readonly #transactionTime = new Histogram({
    name: 'cardline_transaction_seconds',
    help: 'Time of transactions of the command writer, by whether they were committed.',
    labelNames: ['outcome'],
    buckets: TRANSACTION_BUCKETS,
    ...this.#in,
  });
  readonly #transactionSize = new Histogram({
    name: 'cardline_transaction_commands',
    help: 'Commands in one transaction of the command writer.',
    buckets: GROUP_BUCKETS,
    ...this.#in,
  });
  readonly #replays = new Counter({
    name: 'cardline_replays_total',
    help: 'Commands that were answered as their idempotency key was before.',
    ...this.#in,
  });

  /** @param instance its name: a label of build_info only, since Prometheus has a label `instance` of its own */
  constructor(instance = '') {
    new Gauge({
      name: 'cardline_build_info',
      help: 'Always 1, with the name of the instance and the version of the program and of Node.js.',
      labelNames: ['version', 'node', 'instance_name'],
      ...this.#in,
    }).set({ version: VERSION, node: process.versions.node, instance_name: instance }, 1);
    collectDefaultMetrics({ register: this.registry });
  }

  transaction({ commands, replays, seconds, committed }: TransactionFigures): void {
    this.#transactionTime.observe({ outcome: committed ? 'committed' : 'failed' }, seconds);
    this.#transactionSize.observe(commands);
    this.#replays.inc(replays);
  }

  /** Measures a run of a job. */
  async job(name: string, run: () => Promise<unknown>): Promise<void> {
    const end = this.jobs.startTimer({ task: name });
    try {
      await run();
    } catch (error) {
      this.jobFailures.inc({ task: name });
      throw error;
    } finally {
      end();
    }
  }

  /** A gauge whose value is read at each scrape. */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      ...this.#in,
      collect() {
        this.set(read());
      },
    });
  }

  /** Counts an open connection. @returns a function to call when it closes */
  connected(transport: Transport): () => void {
    this.connections.inc({ transport });
    return () => this.connections.dec({ transport });
  }
}
