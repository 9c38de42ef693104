/** How a card and its calls are set up, for the rules and for the reference alike. Seconds, days, micro-units. */
export interface Setup {
  readonly type: 'STANDARD' | 'RECHARGEABLE' | 'UNLIMITED' | 'DISPOSABLE';
  readonly faceValue: bigint;
  readonly validityDays: number | null;
  readonly graceDays: number;
  readonly extendsDays: number | null;
  readonly lines: number;
  readonly callSurcharge: bigint;
  readonly maxPlanSeconds: number | null;
  readonly dayCap: number | null;
  readonly monthCap: number | null;
  readonly hasOverflow: boolean;
  readonly slice: number;
  readonly freeSeconds: number;
  readonly minimumCharge: bigint;
  readonly maxCharge: bigint | null;
  readonly maxSeconds: number | null;
}

/** Micro-units a second, per begun increment, and for the connection: prices without a fraction need no rounding. */
export interface Price {
  readonly second: bigint;
  readonly first: number;
  readonly next: number;
  readonly fee: bigint;
}

const NO_PRICE: Price = { second: 0n, first: 1, next: 1, fee: 0n };

interface ReferenceCall {
  readonly id: number;
  readonly asked: string;
  readonly price: Price;
  readonly included: boolean;
  state: 'REFUSED' | 'AUTHORIZED' | 'COMPLETED' | 'CANCELLED' | 'ABANDONED';
  used: number;
  granted: number;
  held: bigint;
  paid: bigint;
  endsAt: number;
  last: number;
  terminating: boolean;
  /** What each request number was told. */
  readonly told: string[];
}

const DAY = 86_400_000;
const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);
const least = (a: bigint, b: bigint) => (a < b ? a : b);

/**
 * What a card is worth and its calls may do, said a second time and as plainly as possible: lists that are added up
 * anew at each question, and grants found by trying. It shares no code with the rules that it is held against.
 */
export class ReferenceCard {
  /** Every movement of the card, positive when it receives. */
  readonly movements: bigint[] = [];
  readonly calls: ReferenceCall[] = [];
  /** Seconds of the plan, by call and by the day they count on. */
  readonly usage: { call: number; day: string; seconds: number }[] = [];
  closed = false;
  /** A DISPOSABLE card whose answered call became known while another was in progress. */
  spent = false;
  now: number;
  #usageDay = '';
  #used = false;
  #validUntil = Number.POSITIVE_INFINITY;
  #graceUntil = Number.POSITIVE_INFINITY;
  /** When the lock ends; 0: not locked. */
  #lockedUntil = 0;
  readonly #setup: Setup;

  constructor(setup: Setup, now: number) {
    this.#setup = setup;
    this.now = now;
    if (setup.faceValue > 0n) this.movements.push(setup.faceValue);
  }

  get balance(): bigint {
    return this.movements.reduce((sum, each) => sum + each, 0n);
  }

  get inProgress(): ReferenceCall[] {
    return this.calls.filter(({ state }) => state === 'AUTHORIZED');
  }

  get held(): bigint {
    return this.inProgress.reduce((sum, { held }) => sum + held, 0n);
  }

  /** Why the card may not call; undefined when it may. */
  get #unfit(): string | undefined {
    if (this.closed) return 'CARD_CLOSED';
    if (this.spent || this.now >= this.#graceUntil) return 'CARD_EXPIRED';
    if (this.now >= this.#validUntil) return 'CARD_IN_GRACE';
    return this.now < this.#lockedUntil ? 'CARD_LOCKED' : undefined;
  }

  authorize(id: number, price: Price | undefined, wish: number | null, asked: string): string {
    const known = this.calls.find((call) => call.id === id);
    if (known) return known.asked === asked ? this.#authorizedAgain(known) : 'CALL_ID_REUSED';
    const planned = this.#setup.type === 'UNLIMITED';
    const call: ReferenceCall = {
      ...{ id, asked, price: price ?? NO_PRICE, state: 'REFUSED', used: 0, granted: 0, held: 0n, paid: 0n },
      ...{ endsAt: 0, last: 0, terminating: false, told: [] },
      included: planned && this.#planLeft(day(this.now)) > 0,
    };
    this.calls.push(call);
    const refuse = (why: string) => {
      call.told[0] = why;
      return why;
    };
    const unfit = this.#unfit;
    if (unfit) return refuse(unfit);
    if (!price) return refuse('NO_RATE');
    if (planned && !call.included && !this.#setup.hasOverflow) return refuse('FAIR_USE_REACHED');
    if (this.inProgress.length >= (this.#setup.type === 'DISPOSABLE' ? 1 : this.#setup.lines)) {
      return refuse('TOO_MANY_CALLS');
    }
    const { validityDays, graceDays } = this.#setup;
    const validUntil =
      !this.#used && validityDays !== null ? this.now + validityDays * DAY : this.#validUntil;
    const usageDay = this.#usageDay;
    if (call.included) {
      this.#usageDay = day(this.now);
      this.usage.push({ call: id, day: this.#usageDay, seconds: 0 });
    }
    const answer = this.#grant(call, wish, validUntil);
    if (call.granted === 0) {
      // Nothing was changed by what was refused.
      if (call.included) this.usage.pop();
      this.#usageDay = usageDay;
      return refuse(validUntil - this.now < 1_000 ? 'CARD_EXPIRED' : 'INSUFFICIENT_BALANCE');
    }
    call.state = 'AUTHORIZED';
    if (!this.#used && validityDays !== null) {
      this.#validUntil = validUntil;
      this.#graceUntil = validUntil + graceDays * DAY;
    }
    this.#used = true;
    call.told[0] = answer;
    return answer;
  }

  extend(id: number, number: number, used: number, wish: number | null): string {
    const call = this.#call(id);
    if (call.state === 'AUTHORIZED' && this.now >= call.endsAt) this.#settle(call, 'ABANDONED', call.used);
    if (call.state !== 'AUTHORIZED') return `${call.used} final`;
    const told = call.told[number];
    if (told !== undefined) return this.#again(call, told);
    call.used = Math.max(call.used, used);
    if (number < call.last) return this.#again(call, call.told[call.last] ?? '');
    call.last = number;
    if (call.included) this.#moveOn(call);
    const stopped = call.terminating || this.#unfit !== undefined;
    const answer = this.#grant(call, stopped ? 0 : wish, stopped ? this.now : this.#validUntil);
    call.told[number] = answer;
    return answer;
  }

  complete(id: number, total: number): string {
    const call = this.#call(id);
    if (call.state === 'COMPLETED') return `${call.paid}`;
    if (call.state === 'CANCELLED' || call.state === 'REFUSED') return total > 0 ? 'CALL_ENDED' : '0';
    this.#settle(call, 'COMPLETED', total);
    return `${call.paid}`;
  }

  cancel(id: number): string {
    const call = this.#call(id);
    if (call.state === 'REFUSED') return 'CALL_ENDED';
    if (call.state === 'AUTHORIZED') {
      const overdue = this.now >= call.endsAt;
      // A cancellation that is refused leaves the rest to the job.
      if (overdue && least(this.#cost(call, call.used), this.#freeFor(call)) > 0n) return 'CALL_ENDED';
      if (!overdue && call.used > 0) return 'INVALID_INPUT';
      this.#settle(call, overdue ? 'ABANDONED' : 'CANCELLED', call.used);
    }
    return call.paid > 0n ? 'CALL_ENDED' : '0';
  }

  terminate(id: number): string {
    const call = this.#call(id);
    if (call.state !== 'AUTHORIZED' || this.now >= call.endsAt) return 'CALL_ENDED';
    call.terminating = true;
    return 'ok';
  }

  /** What the jobs do when they come by. */
  notice(): string {
    for (const call of this.inProgress) {
      if (this.now >= call.endsAt) this.#settle(call, 'ABANDONED', call.used);
    }
    if (this.#unfit === 'CARD_EXPIRED' && this.inProgress.length === 0) this.#close();
    return 'ok';
  }

  recharge(amount: bigint): string {
    const { type, extendsDays, graceDays } = this.#setup;
    if (type === 'STANDARD' || type === 'DISPOSABLE') return 'CARD_NOT_RECHARGEABLE';
    const unfit = this.#unfit;
    if (unfit === 'CARD_CLOSED' || unfit === 'CARD_EXPIRED') return 'CARD_CLOSED';
    if (unfit === 'CARD_IN_GRACE' && extendsDays === null) return 'CARD_IN_GRACE';
    if (extendsDays !== null && this.#validUntil !== Number.POSITIVE_INFINITY) {
      this.#validUntil = Math.max(this.#validUntil, this.now) + extendsDays * DAY;
      this.#graceUntil = this.#validUntil + graceDays * DAY;
    }
    this.movements.push(amount);
    return 'ok';
  }

  lock(seconds: number | null): string {
    if (this.closed || this.#unfit === 'CARD_EXPIRED') return 'CARD_CLOSED';
    if (this.now < this.#lockedUntil) return 'CARD_ALREADY_LOCKED';
    this.#lockedUntil = seconds === null ? Number.POSITIVE_INFINITY : this.now + seconds * 1_000;
    return 'ok';
  }

  unlock(): string {
    if (this.closed || this.#unfit === 'CARD_EXPIRED') return 'CARD_CLOSED';
    if (this.now >= this.#lockedUntil) return 'CARD_NOT_LOCKED';
    this.#lockedUntil = 0;
    return 'ok';
  }

  usageOf(start: string): number {
    return this.usage.reduce((sum, each) => sum + (each.day.startsWith(start) ? each.seconds : 0), 0);
  }

  /** Nobody connects a call for the seconds of one that has ended. */
  #authorizedAgain(call: ReferenceCall): string {
    const told = call.told[0] ?? '';
    if (call.state === 'REFUSED') return told;
    if (call.state !== 'AUTHORIZED' || this.now >= call.endsAt) return '0 final';
    return this.#again(call, told);
  }

  /** What was told before, unless the call must end now or is held for fewer seconds. */
  #again(call: ReferenceCall, told: string): string {
    if (call.terminating || this.#unfit !== undefined) return `${call.used} final`;
    const latest = call.told[call.last] ?? '';
    return Number.parseInt(told, 10) <= Number.parseInt(latest, 10) ? told : latest;
  }

  #call(id: number): ReferenceCall {
    const call = this.calls.find((each) => each.id === id);
    if (!call) throw new Error(`There is no call ${id}.`);
    return call;
  }

  #planLeft(on: string): number {
    const { dayCap, monthCap } = this.#setup;
    return Math.min(
      (dayCap ?? Number.POSITIVE_INFINITY) - this.usageOf(on),
      (monthCap ?? Number.POSITIVE_INFINITY) - this.usageOf(on.slice(0, 7)),
    );
  }

  /** What a call has not used of its grant goes on counting on the day that the card has come to. */
  #moveOn(call: ReferenceCall): void {
    const entry = this.usage.findLast((each) => each.call === call.id);
    if (!entry || entry.day === this.#usageDay) return;
    const open = Math.max(0, call.granted - call.used);
    entry.seconds -= open;
    this.usage.push({ call: call.id, day: this.#usageDay, seconds: open });
  }

  #count(call: ReferenceCall, seconds: number): void {
    const entry = this.usage.findLast((each) => each.call === call.id);
    if (entry) entry.seconds += seconds;
  }

  /** Grants and holds. It is final when a longer slice would not give more. */
  #grant(call: ReferenceCall, wish: number | null, validUntil: number): string {
    const sliceEnd = call.used + Math.max(wish ?? this.#setup.slice, call.price.first);
    const best = Math.max(call.used, this.#longest(call, sliceEnd, validUntil));
    const final = this.#longest(call, sliceEnd + 1, validUntil) <= sliceEnd;
    if (call.included) this.#count(call, best - call.granted);
    const funds = this.#freeFor(call);
    call.granted = best;
    call.held = least(this.#cost(call, best), funds);
    call.endsAt = this.now + (best - call.used + 180) * 1_000;
    return `${best}${final ? ' final' : ''}`;
  }

  /** The longest call within all limits, and no longer than `most`. */
  #longest(call: ReferenceCall, most: number, validUntil: number): number {
    const { maxPlanSeconds, maxSeconds, maxCharge } = this.#setup;
    let end = Math.min(most, maxSeconds ?? 86_400);
    if (validUntil !== Number.POSITIVE_INFINITY) {
      end = Math.min(end, call.used + Math.max(0, Math.floor((validUntil - this.now) / 1_000)));
    }
    if (call.included) {
      return Math.min(end, maxPlanSeconds ?? end, call.granted + this.#planLeft(this.#usageDay));
    }
    const funds = this.#freeFor(call);
    const paid = (seconds: number) => {
      const cost = this.#cost(call, seconds);
      return cost <= funds && (maxCharge === null || cost - this.#setup.callSurcharge <= maxCharge);
    };
    // Halving: the cost never falls as the call goes on.
    let [from, to] = [0, Math.max(0, end)];
    while (from < to) {
      const middle = Math.ceil((from + to) / 2);
      if (paid(middle)) from = middle;
      else to = middle - 1;
    }
    return from;
  }

  #cost({ included, price }: ReferenceCall, seconds: number): bigint {
    if (included || seconds === 0) return 0n;
    const counted = seconds - this.#setup.freeSeconds;
    const more = Math.max(0, counted - price.first);
    const billed = counted <= 0 ? 0 : price.first + Math.ceil(more / price.next) * price.next;
    const charge = price.fee + price.second * BigInt(billed);
    const { minimumCharge, callSurcharge } = this.#setup;
    return (charge < minimumCharge ? minimumCharge : charge) + callSurcharge;
  }

  /** What no other call holds. */
  #freeFor(call: ReferenceCall): bigint {
    const others = this.inProgress.filter((each) => each !== call);
    return this.balance - others.reduce((sum, { held }) => sum + held, 0n);
  }

  #settle(call: ReferenceCall, state: 'COMPLETED' | 'CANCELLED' | 'ABANDONED', seconds: number): void {
    const counted = call.state === 'AUTHORIZED' ? call.granted : call.used;
    if (call.included) this.#count(call, seconds - counted);
    call.state = state;
    call.used = seconds;
    call.held = 0n;
    const due = least(this.#cost(call, seconds) - call.paid, this.#freeFor(call));
    if (due !== 0n && !this.closed) {
      this.movements.push(-due);
      call.paid += due;
    }
    if (this.#setup.type !== 'DISPOSABLE' || seconds === 0 || this.closed) return;
    if (this.inProgress.length === 0) this.#close();
    else this.spent = true;
  }

  #close(): void {
    this.movements.push(-this.balance);
    this.closed = true;
  }
}
