import { afterEach, describe, expect, test, vi } from 'vitest';
import { type ProgressBar, withProgress } from '../../src/cli/progress.ts';

/** Notes what is written, and has a clock that is set by hand. */
function watched({ isTTY }: { isTTY: boolean }) {
  const written: string[] = [];
  const clock = { ms: 0 };
  const stream = {
    isTTY,
    columns: 100,
    write: (text: string) => written.push(text) > 0,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  };
  const options = { label: 'Reads cards', unit: 'cards', stream, clock: () => clock.ms };
  return {
    written,
    clock,
    run: (work: (progress: ProgressBar) => Promise<void>) => withProgress(options, work),
  };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('progress', () => {
  test('is a plain line now and then where nobody looks on', async () => {
    const { written, clock, run } = watched({ isTTY: false });
    await run(async ({ at }) => {
      for (let done = 0; done <= 1_000_000; done += 1_000) {
        clock.ms = done / 50;
        at(done, 1_000_000);
      }
    });
    expect(written).toEqual([
      'Reads cards: 250,000 of 1,000,000 cards (25 %), 15 s left\n',
      'Reads cards: 500,000 of 1,000,000 cards (50 %), 10 s left\n',
      'Reads cards: 750,000 of 1,000,000 cards (75 %), 5.0 s left\n',
      'Reads cards: 1,000,000 of 1,000,000 cards (100 %)\n',
      'Reads cards: 1,000,000 cards in 20 s\n',
    ]);
  });

  test('only counts while nobody knows how many there are', async () => {
    const { written, clock, run } = watched({ isTTY: false });
    await run(async ({ at }) => {
      clock.ms = 6_000;
      at(7_000);
    });
    expect(written).toEqual(['Reads cards: 7,000 cards\n', 'Reads cards: 7,000 cards in 6.0 s\n']);
  });

  test('one is one', async () => {
    const { written, run } = watched({ isTTY: false });
    await run(async ({ at }) => at(1, 1));
    expect(written).toEqual(['Reads cards: 1 card in 0.0 s\n']);
  });

  test('says where work was broken off', async () => {
    const { written, run } = watched({ isTTY: false });
    const broken = run(async ({ at }) => {
      at(3, 10);
      throw new Error('The disk is full.');
    });
    await expect(broken).rejects.toThrow('The disk is full.');
    expect(written).toEqual(['Reads cards: broken off at 3 of 10 cards\n']);
  });

  test('is a bar on a terminal', async () => {
    vi.stubEnv('CI', '').stubEnv('TERM', 'xterm');
    const { written, clock, run } = watched({ isTTY: true });
    await run(async ({ at }) => {
      at(500, 1_000);
      clock.ms = 1_000;
      at(500, 1_000);
      await new Promise((drawn) => setTimeout(drawn, 200));
    });
    expect(written.join('')).toContain(
      'Reads cards  ████████████░░░░░░░░░░░░  50 %  500 of 1,000 cards, 1.0 s left',
    );
    expect(written.join('')).toContain('Reads cards: 500 cards in 1.0 s');
  });
});
