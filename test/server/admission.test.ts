import { describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/graphql/core/context.ts';
import { Admission } from '../../src/server/pipeline/admission.ts';

const TARGET_MS = 400;

interface Load {
  readonly viewer: Viewer;
  readonly perSecond: number;
}

const partner = (id: string) => ({ actorId: `key of ${id}`, partnerId: id, role: 'PARTNER' }) as Viewer;
const SWITCH = { actorId: 'switch', partnerId: null, role: 'SWITCH' } as unknown as Viewer;

/** A server that ends so many operations a second, one after another, and what each owner experiences. */
class SimulatedServer {
  nowMs = 0;
  readonly admission = new Admission({ targetMs: TARGET_MS, now: () => this.nowMs });
  readonly #queue: { readonly viewer: Viewer; readonly since: number }[] = [];

  /** @returns for each load: how many were done and refused, and the longest that one took */
  run(loads: readonly Load[], { perSecond, seconds }: { perSecond: number; seconds: number }) {
    const figures = loads.map(() => ({ done: 0, refused: 0, longestMs: 0 }));
    const [began, dueOf] = [this.nowMs, loads.map(() => 0)];
    let able = 0;
    while (this.nowMs < began + seconds * 1_000) {
      this.nowMs += 1;
      loads.forEach(({ viewer, perSecond: arriving }, index) => {
        for (dueOf[index] = (dueOf[index] ?? 0) + arriving / 1_000; (dueOf[index] ?? 0) >= 1; ) {
          dueOf[index] = (dueOf[index] ?? 0) - 1;
          const figure = figures[index];
          if (this.admission.refuses(viewer)) {
            if (figure) figure.refused += 1;
            continue;
          }
          this.admission.enter(viewer);
          this.#queue.push({ viewer, since: this.nowMs });
        }
      });
      for (able = Math.min(able + perSecond / 1_000, this.#queue.length); able >= 1; able -= 1) {
        const ended = this.#queue.shift();
        if (!ended) break;
        this.admission.leave(ended.viewer);
        const figure = figures[loads.findIndex(({ viewer }) => viewer === ended.viewer)];
        if (!figure) continue;
        figure.done += 1;
        figure.longestMs = Math.max(figure.longestMs, this.nowMs - ended.since);
      }
    }
    return figures;
  }
}

const sum = (figures: readonly { done: number }[]) => figures.reduce((total, { done }) => total + done, 0);

describe.each([500, 2_000, 8_000])('a server that does %i operations a second', (perSecond) => {
  const partners = Array.from({ length: 20 }, (_, n) => partner(`${n}`));
  const timesItsSpeed = (times: number): Load[] =>
    partners.map((viewer) => ({ viewer, perSecond: (perSecond * times) / partners.length }));

  test('refuses nothing below its speed', () => {
    const figures = new SimulatedServer().run(timesItsSpeed(0.9), { perSecond, seconds: 20 });
    expect(figures.map(({ refused }) => refused)).toEqual(partners.map(() => 0));
  });

  test('at three times its speed does all it can, in time, for each partner alike', () => {
    const server = new SimulatedServer();
    server.run(timesItsSpeed(3), { perSecond, seconds: 3 });
    const figures = server.run(timesItsSpeed(3), { perSecond, seconds: 20 });
    expect(sum(figures)).toBeGreaterThan(0.99 * perSecond * 20);
    expect(Math.max(...figures.map(({ longestMs }) => longestMs))).toBeLessThanOrEqual(TARGET_MS * 1.25);
    const done = figures.map((each) => each.done);
    expect(Math.min(...done) / Math.max(...done)).toBeGreaterThan(0.5);
  });

  test('refuses a partner that floods it, and neither a quiet partner nor a call', () => {
    const server = new SimulatedServer();
    const [flooding, quiet] = [partner('flooding'), partner('quiet')];
    const loads: Load[] = [
      { viewer: flooding, perSecond: perSecond * 3 },
      { viewer: quiet, perSecond: perSecond / 20 },
      { viewer: SWITCH, perSecond: perSecond / 5 },
    ];
    server.run(loads, { perSecond, seconds: 3 });
    const [greedy, ...others] = server.run(loads, { perSecond, seconds: 20 });
    expect(greedy?.refused).toBeGreaterThan(perSecond * 20);
    expect(others.map(({ refused }) => refused)).toEqual([0, 0]);
    expect(Math.min(...others.map(({ done }) => done))).toBeGreaterThan(perSecond / 20);
  });

  test('admits what it can again after its disk was slow', () => {
    const server = new SimulatedServer();
    server.run(timesItsSpeed(1), { perSecond: perSecond / 10, seconds: 10 });
    server.run(timesItsSpeed(0.9), { perSecond, seconds: 5 });
    const figures = server.run(timesItsSpeed(0.9), { perSecond, seconds: 10 });
    expect(figures.map(({ refused }) => refused)).toEqual(partners.map(() => 0));
  });
});

test('without a target everything is admitted', () => {
  const admission = new Admission({ targetMs: 0 });
  for (let n = 0; n < 10_000; n += 1) {
    expect(admission.refuses(SWITCH)).toBe(false);
    admission.enter(SWITCH);
  }
});
