import { Rejection } from './rejection.ts';

/** A one-time link that was used before. */
export class FileLinkUsed extends Rejection<Record<string, never>> {
  static readonly code = 'FILE_LINK_USED';
  readonly retryable = false;
  constructor() {
    super('This link was used already and works once only: ask for another.', {});
  }
}

/** A one-time link that was not used in time. */
export class FileLinkExpired extends Rejection<Record<string, never>> {
  static readonly code = 'FILE_LINK_EXPIRED';
  readonly retryable = false;
  constructor() {
    super('This link has expired: ask for another.', {});
  }
}

/** A link whose creator may no longer create it, or not for the address that uses it. */
export class FileLinkEnded extends Rejection<Record<string, never>> {
  static readonly code = 'FILE_LINK_ENDED';
  readonly retryable = false;
  constructor() {
    super(
      'Whoever made this link may not use it any more, or not from here: make one with a key that may.',
      {},
    );
  }
}

/** A file larger than the limit. */
export class FileTooLarge extends Rejection<{ limitBytes: number }> {
  static readonly code = 'FILE_TOO_LARGE';
  readonly retryable = false;
  constructor(data: { limitBytes: number }) {
    super(`The file is larger than ${data.limitBytes} bytes: split it.`, data);
  }
}

/** An upload that was requested and has not arrived completely. */
export class UploadNotReceived extends Rejection<Record<string, never>> {
  static readonly code = 'UPLOAD_NOT_RECEIVED';
  readonly retryable = true;
  constructor() {
    super('No whole file has come over this upload link yet: PUT the file there first.', {});
  }
}

/** An upload that was imported before, under another key. */
export class UploadUsed extends Rejection<Record<string, never>> {
  static readonly code = 'UPLOAD_USED';
  readonly retryable = false;
  constructor() {
    super('What came over this upload link was imported under another key: send the file again.', {});
  }
}

/** An upload of which a piece, or the master key that encrypts it, no longer exists. */
export class UploadGone extends Rejection<Record<string, never>> {
  static readonly code = 'UPLOAD_GONE';
  readonly retryable = false;
  constructor() {
    super(
      "What came over this upload link was kept for its time only and can't be read any more: send the file again.",
      {},
    );
  }
}

/** Too many uploads, or too many bytes of them, are waiting to be imported. */
export class UploadQuotaExceeded extends Rejection<{
  unit: 'links' | 'bytes';
  limit: number;
  whose: 'yours' | 'all';
}> {
  static readonly code = 'UPLOAD_QUOTA_EXCEEDED';
  readonly retryable = true;
  constructor(data: { unit: 'links' | 'bytes'; limit: number; whose: 'yours' | 'all' }) {
    const whose = data.whose === 'yours' ? 'Your uploads that wait' : 'All uploads that wait';
    const limit =
      data.unit === 'links' ? `as many as may (${data.limit})` : `as large as may (${data.limit} bytes)`;
    super(
      `${whose} are ${limit}: import what was sent, or wait until links end, an hour after they were made; a file that nobody imports goes a day later.`,
      data,
    );
  }
}
