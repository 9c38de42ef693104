import type { BatchOrder } from '../../domain/batches/batch-order.ts';
import type { CardFileReading } from '../../domain/imports/card-file-form.ts';

/** What is ordered with a file: the terms of the batch that its cards go into, and how it is read. */
export interface CardImportOrder {
  /** The quantity and the PIN format follow from the file. */
  readonly terms: Omit<BatchOrder, 'quantity' | 'pinFormat'>;
  readonly reading: CardFileReading;
  /** Whether to accept PINs that are easier to guess than those generated here: they are printed already. */
  readonly acceptsDensePins: boolean;
  /** Whether only to check the file and to count what it brings in. */
  readonly isCheck: boolean;
}

/** An import that this process has claimed. */
export interface ClaimedImport {
  readonly id: string;
  readonly claimedBy: string;
  readonly order: CardImportOrder;
  readonly createdBy: string;
}

/** Thrown when this process has lost its claim to the import, inside its last transaction at the latest. */
export class ImportClaimLost extends Error {
  constructor() {
    super(
      'Another process ended this import or took it over, so this one wrote nothing. See what became of it, or run it again with the same key.',
    );
  }
}
