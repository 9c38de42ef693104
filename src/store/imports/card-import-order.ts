import type { BatchOrder } from '../../domain/batches/card-batch.ts';
import type { CardFileReading } from '../../domain/imports/card-file-form.ts';

/** What is ordered with a file: the terms of the batch that its cards go into, and how it is read. */
export interface CardImportOrder {
  /** Its quantity and its format of PINs are the file's. */
  readonly terms: Omit<BatchOrder, 'quantity' | 'pinFormat'>;
  readonly reading: CardFileReading;
  /** Whether PINs that are guessed more easily than any made here may come in: they are printed already. */
  readonly acceptsDensePins: boolean;
}

/** An import that is this process's to carry out. */
export interface ClaimedImport {
  readonly id: string;
  readonly claimedBy: string;
  readonly order: CardImportOrder;
  readonly createdBy: string;
}

/** Thrown when the import is no longer this process's to finish, inside its last transaction at the latest. */
export class ImportClaimLost extends Error {
  constructor() {
    super(
      'Another process ended this import or took it over, so this one wrote nothing. See what became of it, or run it again with the same key.',
    );
  }
}
