import { createHash } from 'node:crypto';
import type { Card } from '../../domain/cards/card.ts';
import type { ProblemSink } from '../../domain/files/file-problem.ts';
import { type CardColumnUse, columnUses, unreadProblem } from '../../domain/imports/card-columns.ts';
import {
  type CardFileRules,
  type FileCard,
  MAX_CARD_ROWS,
  readCardHead,
  readCardLine,
} from '../../domain/imports/card-file.ts';
import {
  type CardNoteCode,
  type CardProblem,
  type CardProblemCode,
  cardProblem,
  NO_CARDS,
  NOTHING_TO_TAKE,
} from '../../domain/imports/card-file-problem.ts';
import type { CardFileHead } from '../../domain/imports/card-line.ts';
import { rowContent } from '../../domain/imports/card-row-content.ts';
import { CardSorting } from '../../domain/imports/card-sorting.ts';
import { type ImportTotals, TotalsCounter } from '../../domain/imports/import-totals.ts';
import { type ImportedCard, type ImportTerms, importedCard } from '../../domain/imports/imported-card.ts';
import { DecimalMarks } from '../../domain/values/decimal-marks.ts';
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
  /** Notes on rows that are taken all the same, or left out as ordered. */
  readonly notes: readonly CardProblem<CardNoteCode>[];
  /** Rows read so far, valid and invalid. */
  readonly rowCount: number;
  /** Sent with the last block: totals for the whole file. */
  readonly end?: {
    /** The only problem of a damaged file: the others may be garbage. */
    readonly damage: CardProblem | null;
    readonly pins: readonly PinKind[];
    readonly heads: StagedHeads;
    readonly totals: ImportTotals;
    /** What became of each column. */
    readonly columns: readonly CardColumnUse[];
    /** SHA-256 of what its rows say, in hexadecimal. */
    readonly content: string;
  };
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
  'ownValidityDays',
  'ownGraceDays',
  'ownMaxBoundNumbers',
  'ownMaxConcurrentCalls',
] as const satisfies readonly (keyof Card)[];
/** The number of columns before those: see staging-tables.ts. */
const STAGED_FIRST = 10;

/** Approximate size of a row. */
const ROW_BYTES = 320;

/** A line that becomes a card. */
interface TakenCard {
  readonly card: FileCard;
  readonly imported: ImportedCard;
}

const EXPIRES_AT_ONCE =
  'With these terms the card is expired: it would be closed at once and what is on it forfeited. Give it a later end or a longer grace, or say what becomes of expired cards.';

/**
 * Converts the lines of a file into staged rows. A line with problems becomes a row as far as it could be read, so that
 * a duplicate serial is found even when one of the two lines has another problem.
 */
export class CardStaging {
  readonly #order: StagingOrder;
  readonly #key: KeyInUse;
  readonly #pins = new Map<string, number>();
  readonly #gathered: CardProblem[] = [];
  readonly #notes: CardProblem<CardNoteCode>[] = [];
  readonly #totals = new TotalsCounter();
  readonly #content = createHash('sha256');
  #contents = '';
  #total = 0;
  #damage: CardProblem | null = null;

  constructor(order: StagingOrder, key: KeyInUse) {
    this.#order = order;
    this.#key = key;
  }

  async *pieces(chunks: Chunks): AsyncGenerator<StagedPiece> {
    const sink = this.#sink();
    const { rules } = this.#order;
    const sorting = new CardSorting(rules.reading, rules.terms);
    const marks = new DecimalMarks(null);
    const reader = new FileReader<CardFileHead, TakenCard, CardProblemCode>(
      {
        name: 'A file of cards',
        maxRows: MAX_CARD_ROWS,
        empty: NO_CARDS,
        readHead: ({ cells, number }) => readCardHead(cells, rules.reading, number),
        readRow: ({ cells, number: line }, head) => {
          const read = readCardLine(cells, { line, head, rules, sorting, marks });
          this.#contents += `${rowContent(read)}\n`;
          if (read.problems.length > 0) sink.add(read.problems);
          if (read.notes.length > 0) this.#notes.push(...read.notes);
          if (!read.isLeftOut) return this.#taken(read.card, head, sink);
          this.#totals.leave(read.card);
          return undefined;
        },
      },
      sink,
    );
    let batchIndex = 0;
    for await (const cards of reader.groups(chunks)) {
      yield this.#piece(cards, batchIndex, reader.rowCount);
      batchIndex += cards.length;
    }
    const { totals } = this.#totals;
    if (!reader.isBroken) {
      sink.add([...marks.hiddenProblems(), ...unreadProblems(reader.head)]);
      if (totals.taken.count === 0 && reader.rowCount > 0) sink.add([NOTHING_TO_TAKE]);
    }
    const columns = reader.head ? columnUses(reader.head) : [];
    const heads = {
      serial: reader.head?.serial?.name ?? 'serial',
      pin: reader.head?.pin?.name ?? 'pin',
      boundNumbers: reader.head?.boundNumbers?.name ?? 'bound_numbers',
    };
    const last = this.#piece([], batchIndex, reader.rowCount);
    const damage = this.#damage;
    yield {
      ...last,
      end: { damage, pins: this.#pinKinds(), heads, totals, columns, content: this.#content.digest('hex') },
    };
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
      replace(problem) {
        staging.#total = 1;
        staging.#damage = problem;
      },
    };
  }

  /** Undefined: the card is expired and left out. */
  #taken(card: FileCard, head: CardFileHead, sink: ProblemSink<CardProblemCode>): TakenCard | undefined {
    const { terms, rules } = this.#order;
    const imported = importedCard(card, terms, rules.now);
    if (imported.state === 'EXPIRED') {
      const place = { line: card.line, column: (head.expiresAt ?? head.firstUsedAt ?? head.pin)?.name ?? '' };
      this.#totals.expire(card);
      switch (rules.reading.expired) {
        case 'REFUSE':
          sink.add([cardProblem('EXPIRES_AT_ONCE', { ...place, message: EXPIRES_AT_ONCE })]);
          break;
        case 'LEAVE_OUT':
          this.#notes.push(
            cardProblem('EXPIRED_LEFT_OUT', { ...place, message: 'This card is expired and is left out.' }),
          );
          this.#totals.leave(card);
          return undefined;
        case 'FORFEIT':
          this.#notes.push(
            cardProblem('EXPIRED_TAKEN', {
              ...place,
              message: 'This card is expired: it is closed, its balance forfeited.',
            }),
          );
      }
    }
    this.#totals.take(card, imported);
    return { card, imported };
  }

  #piece(cards: readonly TakenCard[], firstIndex: number, rowCount: number): StagedPiece {
    const rows = new BinaryRows(cards.length * ROW_BYTES);
    let [numbers, earlierDigests] = ['', ''];
    cards.forEach(({ card, imported }, index) => {
      this.#encode(rows, { card, imported }, firstIndex + index);
      earlierDigests += this.#underEarlierKeys(card);
      for (const number of card.boundNumbers) numbers += `${card.line}\t${number}\n`;
    });
    this.#content.update(this.#contents);
    this.#contents = '';
    const [problems, notes] = [this.#gathered.splice(0), this.#notes.splice(0)];
    return { rows: rows.ended(), numbers, earlierDigests, problems, notes, rowCount };
  }

  #encode(rows: BinaryRows, { card, imported }: TakenCard, batchIndex: number): void {
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

function unreadProblems(head: CardFileHead | undefined): CardProblem[] {
  return head?.unread.flatMap((column) => unreadProblem(column) ?? []) ?? [];
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
  rows.optionalInt32(card.ownValidityDays);
  rows.optionalInt32(card.ownGraceDays);
  rows.optionalInt32(card.ownMaxBoundNumbers);
  rows.optionalInt32(card.ownMaxConcurrentCalls);
}
