import { Rejection } from './rejection.ts';

/** A one-time link that was used before. */
export class FileLinkUsed extends Rejection<Record<string, never>> {
  readonly code = 'FILE_LINK_USED';
  readonly retryable = false;
  constructor() {
    super('This link was used already and works once only: ask for another.', {});
  }
}

/** A one-time link that nobody used in time. */
export class FileLinkExpired extends Rejection<Record<string, never>> {
  readonly code = 'FILE_LINK_EXPIRED';
  readonly retryable = false;
  constructor() {
    super('This link has expired: ask for another.', {});
  }
}

/** A file over the limit. */
export class FileTooLarge extends Rejection<{ limitBytes: number }> {
  readonly code = 'FILE_TOO_LARGE';
  readonly retryable = false;
  constructor(data: { limitBytes: number }) {
    super(`The file is larger than ${data.limitBytes} bytes: split it.`, data);
  }
}

/** An upload that was asked for and has not arrived whole. */
export class UploadNotReceived extends Rejection<Record<string, never>> {
  readonly code = 'UPLOAD_NOT_RECEIVED';
  readonly retryable = true;
  constructor() {
    super('No whole file has come over this upload link yet: PUT the file there first.', {});
  }
}

/** An upload that was imported before, under another key. */
export class UploadUsed extends Rejection<Record<string, never>> {
  readonly code = 'UPLOAD_USED';
  readonly retryable = false;
  constructor() {
    super('What came over this upload link was imported under another key: send the file again.', {});
  }
}

/** An upload of which a piece, or the master key that it lies under, is here no more. */
export class UploadGone extends Rejection<Record<string, never>> {
  readonly code = 'UPLOAD_GONE';
  readonly retryable = false;
  constructor() {
    super(
      "What came over this upload link was kept for its time only and can't be read any more: send the file again.",
      {},
    );
  }
}
