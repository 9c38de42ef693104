import type { LogEntry, LoggedEvent } from '../domain/event.ts';
import { readMicros } from '../domain/values/money.ts';
import type { StatsStart } from '../store/events/stats-start.ts';
import { addCounts, type Counts, MinuteCounter, noCounts, WINDOW_SECONDS } from './minute-counter.ts';
import { type Positioned, type PositionedStream, positioned } from './positioned-stream.ts';
import { StatsStream } from './stats-stream.ts';

/** What a wall board shows. */
export interface Stats extends Positioned {
  readonly at: Date;
  /** Counts the seconds: subscribers of one scope receive the same second together. */
  readonly position: bigint;
  readonly callsInProgress: number;
  /** Of the last sixty seconds. */
  readonly minute: Counts;
}

/** Whose figures to count. Scopes with the same key are the same scope. */
export interface StatsScope {
  readonly key: string;
  /** Undefined: all partners, and events without a partner. */
  partnerIds(): readonly string[] | undefined;
}

interface Counter {
  callsInProgress: number;
  readonly minute: MinuteCounter;
}

const BEAT_MS = 1_000;
const ENDS: readonly EndOfCall['type'][] = ['CALL_COMPLETED', 'CALL_CANCELLED', 'CALL_ABANDONED'];

/**
 * The figures of wall boards, counted from the events of the log's tail and never by querying tables. They start from a
 * count of the calls in progress at one position of the log and from the minute before it; from there each event counts
 * once, in order, so that every instance arrives at the same figures, even after its tail lost its connection.
 *
 * Each scope that is watched is summed once a second, however many subscribers watch it.
 */
export class LiveStats {
  #all = newCounter();
  readonly #partners = new Map<string, Counter>();
  readonly #streams = new Map<string, { scope: StatsScope; streams: Set<StatsStream<Stats>> }>();
  /** The database's clock, derived from this process's: an instant of the database and when it was read. */
  #start = { now: 0, since: 0 };
  #timer: NodeJS.Timeout | undefined;
  #beat = 0n;
  #tidiedSecond = 0;

  constructor(start: Omit<StatsStart, 'place'>) {
    this.restart(start);
  }

  /** Counts anew: from another state than the events so far have led to. */
  restart({ now, inProgress, lastMinute }: Omit<StatsStart, 'place'>): void {
    this.#all = newCounter();
    this.#partners.clear();
    this.#start = { now: now.getTime(), since: performance.now() };
    for (const { partnerId, calls } of inProgress) {
      for (const counter of this.#countersOf(partnerId ?? undefined)) counter.callsInProgress += calls;
    }
    for (const event of lastMinute) this.#count(event);
  }

  /** Number of active executions. */
  get watchers(): number {
    let watchers = 0;
    for (const { streams } of this.#streams.values()) watchers += streams.size;
    return watchers;
  }

  /** Called by the tail only: each event once, in order. */
  take(events: readonly LogEntry[]): void {
    for (const event of events) {
      const change = changeOfCalls(event);
      if (change !== 0) {
        for (const counter of this.#countersOf(event.partnerId)) counter.callsInProgress += change;
      }
      this.#count(event);
    }
    this.#tidy();
  }

  now(scope: StatsScope): Stats {
    const at = this.#now();
    this.#forget(at);
    const partnerIds = scope.partnerIds();
    const counters = partnerIds?.flatMap((id) => this.#partners.get(id) ?? []) ?? [this.#all];
    return { at, position: this.#beat, ...sumsOf(counters) };
  }

  /**
   * The current figures, then those of each second; a slow reader gets the latest. The count of seconds serves as a log
   * position, so that an execution is shared like those of events: a subscriber that joins receives the current figures.
   */
  watch(scope: StatsScope): PositionedStream<Stats> {
    return positioned(this.#beat - 1n, this.#open(scope));
  }

  #open(scope: StatsScope): StatsStream<Stats> {
    const watched = this.#streams.get(scope.key) ?? { scope, streams: new Set() };
    this.#streams.set(scope.key, watched);
    const stream = new StatsStream<Stats>(this.now(scope), () => this.#leave(scope.key, stream));
    watched.streams.add(stream);
    this.#timer ??= setInterval(() => this.#publish(), BEAT_MS).unref();
    return stream;
  }

  #publish(): void {
    this.#beat += 1n;
    for (const { scope, streams } of this.#streams.values()) {
      const stats = this.now(scope);
      for (const stream of streams) stream.push(stats);
    }
  }

  #leave(key: string, stream: StatsStream<Stats>): void {
    const watched = this.#streams.get(key);
    watched?.streams.delete(stream);
    if (watched?.streams.size === 0) this.#streams.delete(key);
    if (this.#streams.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #count(event: LogEntry): void {
    const second = secondOf(event.at);
    if (second <= secondOf(this.#now()) - WINDOW_SECONDS) return;
    const counts = countsOf(event);
    if (counts) for (const counter of this.#countersOf(event.partnerId)) counter.minute.add(second, counts);
  }

  #countersOf(partnerId: string | undefined): Counter[] {
    if (partnerId === undefined) return [this.#all];
    const counter = this.#partners.get(partnerId) ?? newCounter();
    this.#partners.set(partnerId, counter);
    return [this.#all, counter];
  }

  /** Runs even while nobody watches: otherwise counts older than a minute would pile up. */
  #tidy(): void {
    const now = this.#now();
    const second = secondOf(now);
    if (second === this.#tidiedSecond) return;
    this.#tidiedSecond = second;
    this.#forget(now);
  }

  #forget(now: Date): void {
    const second = secondOf(now);
    this.#all.minute.forgetBefore(second);
    for (const [id, { minute, callsInProgress }] of this.#partners) {
      minute.forgetBefore(second);
      if (minute.isEmpty && callsInProgress === 0) this.#partners.delete(id);
    }
  }

  #now(): Date {
    return new Date(this.#start.now + performance.now() - this.#start.since);
  }
}

function newCounter(): Counter {
  return { callsInProgress: 0, minute: new MinuteCounter() };
}

const secondOf = (at: Date) => Math.floor(at.getTime() / 1_000);

function sumsOf(counters: readonly Counter[]): Pick<Stats, 'callsInProgress' | 'minute'> {
  const minute = noCounts();
  let callsInProgress = 0;
  for (const counter of counters) {
    callsInProgress += counter.callsInProgress;
    addCounts(minute, counter.minute.sums);
  }
  return { callsInProgress, minute };
}

/** A late end belongs to a call whose end was already counted. */
function changeOfCalls(event: LogEntry): number {
  if (event.type === 'CALL_AUTHORIZED') return 1;
  return isEnd(event) && !event.payload.late ? -1 : 0;
}

type EndOfCall = LoggedEvent<'CALL_COMPLETED' | 'CALL_CANCELLED' | 'CALL_ABANDONED'>;

function isEnd(event: LogEntry): event is EndOfCall {
  return ENDS.some((type) => type === event.type);
}

function countsOf(event: LogEntry): Counts | undefined {
  const counts = noCounts();
  if (event.type === 'CALL_AUTHORIZED') counts.authorizations = 1;
  else if (event.type === 'CALL_REFUSED') counts.refusals = 1;
  else if (event.type === 'CARD_LOCKED') counts.locks = 1;
  else if (event.type === 'PINS_FAILED') counts.failedPins = event.payload.count;
  else if (event.type === 'CARD_RECHARGED' || event.type === 'VOUCHER_REDEEMED') {
    counts.recharges = 1;
    addMoney(counts.recharged, event, 1n);
  } else if (isEnd(event)) addMoney(counts.charged, event, -1n);
  else return undefined;
  return counts;
}

function addMoney(
  to: Map<string, bigint>,
  { payload }: LoggedEvent<'CARD_RECHARGED' | 'VOUCHER_REDEEMED'> | EndOfCall,
  sign: bigint,
): void {
  if (payload.change !== undefined) to.set(payload.card.currency, sign * readMicros(payload.change));
}
