import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** Limit of the current file. With the previous one, at most twice as much is on the disk. */
const LIMIT_BYTES = 5_000_000;
/** Enough for the last messages of a failed start. */
const TAIL_CHARACTERS = 10_000;

/**
 * PostgreSQL's standard error, in a file of bounded size. It comes through a pipe: PostgreSQL's own collector rotates by
 * size but keeps every file, so a client that causes log messages could fill the disk.
 */
export class PostgresLog {
  readonly file: string;
  readonly #limitBytes: number;
  #descriptor: number | undefined;
  #bytes = 0;
  #tail = '';

  constructor(file: string, limitBytes = LIMIT_BYTES) {
    this.file = file;
    this.#limitBytes = limitBytes;
  }

  /** Writes everything from a stream until it ends. */
  follow(stream: Readable): void {
    stream.on('data', (chunk: Buffer) => this.write(chunk));
    stream.on('error', () => {});
    stream.on('close', () => this.#close());
  }

  /** A full disk must not end the server: what can't be written is dropped. */
  write(chunk: Buffer): void {
    this.#tail = (this.#tail + chunk.toString('utf8')).slice(-TAIL_CHARACTERS);
    try {
      this.#open();
      if (this.#bytes + chunk.length > this.#limitBytes) this.#rotate();
      if (this.#descriptor !== undefined) this.#bytes += writeSync(this.#descriptor, chunk);
    } catch {
      this.#close();
    }
  }

  /** Why a start failed, in PostgreSQL's words. */
  lastWords(): string {
    const lines = this.#tail.trimEnd().split('\n');
    return (
      lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? `PostgreSQL ended without a word in ${this.file}.`
    );
  }

  /** Appends to the file of earlier starts. */
  #open(): void {
    if (this.#descriptor !== undefined) return;
    this.#bytes = statSync(this.file, { throwIfNoEntry: false })?.size ?? 0;
    // Earlier versions had no limit: a file that large is overwritten, and not kept as the previous one either.
    const flags = this.#bytes > this.#limitBytes ? 'w' : 'a';
    if (flags === 'w') this.#bytes = 0;
    this.#descriptor = openSync(this.file, flags, 0o600);
  }

  #rotate(): void {
    this.#close();
    renameSync(this.file, `${this.file}.1`);
    this.#open();
  }

  #close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}
