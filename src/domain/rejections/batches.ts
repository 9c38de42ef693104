import { counted } from './counted.ts';
import { Rejection } from './rejection.ts';

/** A PIN of this format could be guessed: one random guess would hit a live card too often. */
export class PinFormatTooDense extends Rejection<{ issued: string; possible: string; lengthNeeded: number }> {
  static readonly code = 'PIN_FORMAT_TOO_DENSE';
  readonly retryable = false;
  constructor(data: { issued: string; possible: string; lengthNeeded: number }) {
    super(
      `With ${counted(Number(data.issued), 'card')} among ${data.possible} possible PINs, more than one guess in a million would hit: use a length of at least ${data.lengthNeeded}.`,
      data,
    );
  }
}

/** The batch ended before it could be canceled. */
export class BatchAlreadyFinished extends Rejection<{ state: string }> {
  static readonly code = 'BATCH_ALREADY_FINISHED';
  readonly retryable = false;
  constructor(data: { state: string }) {
    super(`The batch is ${data.state}: only one that is being made can be cancelled.`, data);
  }
}

/** The batch's cards are still being made. */
export class BatchNotFinished extends Rejection<{ state: string }> {
  static readonly code = 'BATCH_NOT_FINISHED';
  readonly retryable = true;
  constructor(data: { state: string }) {
    super(`The batch is ${data.state}: wait until its cards are made.`, data);
  }
}

/** What keeps a batch from being removed: how many of each. */
export type BatchUses = {
  readonly cards: number;
  readonly imports: number;
  readonly partners: number;
};

/** A batch that has cards, or that something refers to: it can't be removed. */
export class BatchInUse extends Rejection<BatchUses & { name: string }> {
  static readonly code = 'BATCH_IN_USE';
  readonly retryable = false;
  constructor(data: BatchUses & { name: string }) {
    super(
      `The batch "${data.name}" is in use (cards: ${data.cards}, card imports: ${data.imports}, partners limited to it: ${data.partners}): only one without any can be removed.`,
      data,
    );
  }
}
