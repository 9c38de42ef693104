import type { Card } from '../../domain/cards/card.ts';
import type { ProblemSink } from '../../domain/files/file-problem.ts';
import {
  type CardFileHead,
  type CardFileRules,
  type FileCard,
  MAX_CARD_ROWS,
  readCardHead,
  readCardLine,
} from '../../domain/imports/card-file.ts';
import { type CardProblem, type CardProblemCode, NO_CARDS } from '../../domain/imports/card-file-problem.ts';
import { type ImportedCard, type ImportTerms, importedCard } from '../../domain/imports/imported-card.ts';
import { type Chunks, FileReader } from '../files/file-reader.ts';
import type { KeyInUse } from '../keys/key-ring.ts';
import { BinaryRows } from '../postgres/binary-rows.ts';
import { newId } from '../postgres/new-id.ts';

/** The settings for converting lines of the file into rows. Plain data: it is passed to a worker thread. */
export interface StagingOrder {
  readonly rules: CardFileRules;
  readonly terms: ImportTerms;
}

/** PINs with the same length and alphabet, and how many there are. */
export interface PinKind {
  readonly length: number;
  readonly isDigits: boolean;
  readonly cards: number;
}

/** The result of parsing one block of the file. It contains PINs only sealed or digested under the vault's keys. */
export interface StagedPiece {
  /** Rows of `staged_cards` in COPY's binary format. */
  readonly rows: Uint8Array<ArrayBuffer>;
  /** Lines in COPY's text format: line, number. */
  readonly numbers: string;
  /** Lines in COPY's text format: line, digest of its PIN under an earlier key that some cards still use. */
  readonly earlierDigests: string;
  readonly problems: readonly CardProblem[];
  /** Rows read so far, valid and invalid. */
  readonly rowCount: number;
  /** Sent with the last block: totals for the whole file. */
  readonly end?: { readonly pins: readonly PinKind[]; readonly heads: StagedHeads };
}

/** The file's own headers of the columns that must be unique. */
export interface StagedHeads {
  readonly serial: string;
  readonly pin: string;
  readonly boundNumbers: string;
}

/** Columns that a staged row shares with its card, in the order of `encodeLife`, which writes them last. */
export const STAGED_LIFE = [
  'faceValue',
  'activatedAt',
  'firstUsedAt',
  'validUntil',
  'graceUntil',
  'lockedAt',
  'lockReason',
  'nextFeeAt',
  'dueAt',
] as const satisfies readonly (keyof Card)[];
/** The number of columns before those: see staging-tables.ts. */
const STAGED_FIRST = 10;

/** Approximate size of a row. */
const ROW_BYTES = 300;

/**
 * Converts the lines of a file into staged rows. A line with problems becomes a row as far as it could be read, so that
 * a duplicate serial is found even when one of the two lines has another problem.
 */
export class CardStaging {
  readonly #order: StagingOrder;
  readonly #key: KeyInUse;
  readonly #pins = new Map<string, number>();
  readonly #gathered: CardProblem[] = [];
  #total = 0;

  constructor(order: StagingOrder, key: KeyInUse) {
    this.#order = order;
    this.#key = key;
  }

  async *pieces(chunks: Chunks): AsyncGenerator<StagedPiece> {
    const sink = this.#sink();
    const { rules } = this.#order;
    const reader = new FileReader<CardFileHead, FileCard, CardProblemCode>(
      {
        name: 'A file of cards',
        maxRows: MAX_CARD_ROWS,
        empty: NO_CARDS,
        readHead: ({ cells, number }) => readCardHead(cells, rules.reading, number),
        readRow: ({ cells, number: line }, head) => {
          const { card, problems } = readCardLine(cells, { line, head, rules });
          if (problems.length > 0) sink.add(problems);
          return card;
        },
      },
      sink,
    );
    let batchIndex = 0;
    for await (const cards of reader.groups(chunks)) {
      yield this.#piece(cards, batchIndex, reader.rowCount);
      batchIndex += cards.length;
    }
    const heads = {
      serial: reader.head?.serial?.name ?? 'serial',
      pin: reader.head?.pin?.name ?? 'pin',
      boundNumbers: reader.head?.boundNumbers?.name ?? 'bound_numbers',
    };
    yield { ...this.#piece([], batchIndex, reader.rowCount), end: { pins: this.#pinKinds(), heads } };
  }

  #sink(): ProblemSink<CardProblemCode> {
    const staging = this;
    return {
      get total() {
        return staging.#total;
      },
      add(problems) {
        staging.#total += problems.length;
        staging.#gathered.push(...problems);
      },
    };
  }

  #piece(cards: readonly FileCard[], firstIndex: number, rowCount: number): StagedPiece {
    const rows = new BinaryRows(cards.length * ROW_BYTES);
    let [numbers, earlierDigests] = ['', ''];
    cards.forEach((card, index) => {
      this.#encode(rows, card, firstIndex + index);
      earlierDigests += this.#underEarlierKeys(card);
      for (const number of card.boundNumbers) numbers += `${card.line}\t${number}\n`;
    });
    return { rows: rows.ended(), numbers, earlierDigests, problems: this.#gathered.splice(0), rowCount };
  }

  #encode(rows: BinaryRows, card: FileCard, batchIndex: number): void {
    const { terms, rules } = this.#order;
    const id = newId();
    if (card.pin !== null) this.#countPin(card.pin);
    rows.row(STAGED_FIRST + STAGED_LIFE.length);
    rows.int32(card.line);
    rows.int32(batchIndex);
    rows.uuid(id);
    rows.uuid(newId());
    rows.text(card.serial);
    rows.optional(card.pin === null ? null : this.#key.vault.digest(card.pin));
    rows.optional(card.pin === null ? null : this.#key.vault.seal(card.pin, id));
    const imported = importedCard(card, terms, rules.now);
    rows.text(imported.status);
    rows.text(imported.state);
    rows.int64(imported.opening);
    encodeLife(rows, imported);
  }

  #underEarlierKeys({ pin, line }: FileCard): string {
    if (pin === null) return '';
    return this.#key.earlier.map((vault) => `${line}\t\\\\x${vault.digest(pin).toString('hex')}\n`).join('');
  }

  #countPin(pin: string): void {
    const kind = `${pin.length} ${/^[0-9]*$/.test(pin) ? 'digits' : 'letters'}`;
    this.#pins.set(kind, (this.#pins.get(kind) ?? 0) + 1);
  }

  #pinKinds(): PinKind[] {
    return [...this.#pins].map(([kind, cards]) => {
      const [length, characters] = kind.split(' ');
      return { length: Number(length), isDigits: characters === 'digits', cards };
    });
  }
}

function encodeLife(rows: BinaryRows, card: ImportedCard): void {
  rows.int64(card.faceValue);
  rows.instant(card.activatedAt);
  rows.instant(card.firstUsedAt);
  rows.instant(card.validUntil);
  rows.instant(card.graceUntil);
  rows.instant(card.lockedAt);
  rows.text(card.lockReason);
  rows.instant(card.nextFeeAt);
  rows.instant(card.dueAt);
}
