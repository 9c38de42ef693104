import ora from 'ora';

/** Shows the progress of a task. Cheap enough to be called for every row. */
export interface ProgressBar {
  /** @param total omitted while unknown. */
  at(done: number, total?: number): void;
}

interface ProgressOptions {
  /** The task, such as "Checks the file". */
  readonly label: string;
  /** The unit counted, in the plural, such as "rows". */
  readonly unit: string;
  readonly stream?: Terminal;
  /** A monotonic clock, in milliseconds. */
  readonly clock?: () => number;
}

type Terminal = Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;

const BAR_WIDTH = 24;
const BAR_EVERY_MS = 100;
/** A log is read afterwards: occasional lines are enough to see the progress. */
const LINE_EVERY_MS = 5_000;

/** Runs a task with a progress bar on a terminal, or occasional plain lines elsewhere, on standard error. */
export async function withProgress<Result>(
  { stream = process.stderr, clock = () => performance.now(), ...named }: ProgressOptions,
  work: (progress: ProgressBar) => Promise<Result>,
): Promise<Result> {
  const count = new Count(named, clock);
  const drawn = canBeDrawnOn(stream) ? bar(count, stream) : lines(count, stream);
  let due = clock() + drawn.everyMs;
  const at = (done: number, total?: number) => {
    count.at(done, total);
    if (clock() < due) return;
    due = clock() + drawn.everyMs;
    drawn.show();
  };
  try {
    const result = await work({ at });
    drawn.end(true);
    return result;
  } catch (error) {
    drawn.end(false);
    throw error;
  }
}

function canBeDrawnOn({ isTTY }: Terminal): boolean {
  return isTTY && !process.env.CI && process.env.TERM !== 'dumb';
}

interface Drawn {
  readonly everyMs: number;
  show(): void;
  end(succeeded: boolean): void;
}

function bar(count: Count, stream: Terminal): Drawn {
  // Otherwise ora reads the keyboard and swallows Ctrl-C, which must also stop a command's database.
  const spinner = ora({
    text: count.asBar,
    stream: stream as NodeJS.WriteStream,
    discardStdin: false,
    isEnabled: true,
  }).start();
  return {
    everyMs: BAR_EVERY_MS,
    show: () => {
      spinner.text = count.asBar;
    },
    end: (succeeded) => (succeeded ? spinner.succeed(count.asEnd) : spinner.fail(count.asBreak)),
  };
}

function lines(count: Count, stream: Terminal): Drawn {
  const write = (line: string) => stream.write(`${line}\n`);
  return {
    everyMs: LINE_EVERY_MS,
    show: () => write(count.asLine),
    end: (succeeded) => write(succeeded ? count.asEnd : count.asBreak),
  };
}

/** A growing count as text. */
class Count {
  readonly #named: { readonly label: string; readonly unit: string };
  readonly #clock: () => number;
  readonly #since: number;
  #done = 0;
  #total: number | undefined;

  constructor(named: { readonly label: string; readonly unit: string }, clock: () => number) {
    this.#named = named;
    this.#clock = clock;
    this.#since = clock();
  }

  at(done: number, total?: number): void {
    this.#done = done;
    if (total !== undefined) this.#total = total;
  }

  get asBar(): string {
    const { label } = this.#named;
    if (!this.#total) return `${label}  ${this.#soFar}`;
    const full = Math.round(this.#share * BAR_WIDTH);
    const drawn = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
    return `${label}  ${drawn}  ${this.#percent}  ${this.#soFar}${this.#rest}`;
  }

  get asLine(): string {
    const percent = this.#total ? ` (${this.#percent})` : '';
    return `${this.#named.label}: ${this.#soFar}${percent}${this.#rest}`;
  }

  get asEnd(): string {
    return `${this.#named.label}: ${this.#counted(this.#done)} in ${inSeconds(this.#elapsedMs)}`;
  }

  get asBreak(): string {
    return `${this.#named.label}: broken off at ${this.#soFar}`;
  }

  get #elapsedMs(): number {
    return this.#clock() - this.#since;
  }

  get #share(): number {
    return this.#total ? Math.min(1, this.#done / this.#total) : 0;
  }

  get #percent(): string {
    return `${Math.floor(this.#share * 100)} %`;
  }

  get #soFar(): string {
    return this.#total
      ? `${grouped(this.#done)} of ${this.#counted(this.#total)}`
      : this.#counted(this.#done);
  }

  /** The count with its unit, singular for one. */
  #counted(count: number): string {
    const { unit } = this.#named;
    return `${grouped(count)} ${count === 1 ? unit.replace(/s$/, '') : unit}`;
  }

  /** The time left, extrapolated from the share done. */
  get #rest(): string {
    if (this.#share === 0 || this.#share === 1) return '';
    return `, ${inSeconds((this.#elapsedMs * (1 - this.#share)) / this.#share)} left`;
  }
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function inSeconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1_000).toFixed(1)} s` : `${grouped(Math.round(ms / 1_000))} s`;
}
