import { Rejection } from './rejection.ts';

/** A one-time link that was used before. */
export class FileLinkUsed extends Rejection<Record<string, never>> {
  static readonly code = 'FILE_LINK_USED';
  readonly retryable = false;
  constructor() {
    super('This link was already used and works only once: request another.', {});
  }
}

/** A one-time link that was not used in time. */
export class FileLinkExpired extends Rejection<Record<string, never>> {
  static readonly code = 'FILE_LINK_EXPIRED';
  readonly retryable = false;
  constructor() {
    super('This link has expired: request another.', {});
  }
}

/** A link whose creator may no longer create it, or not for the address that uses it. */
export class FileLinkEnded extends Rejection<Record<string, never>> {
  static readonly code = 'FILE_LINK_ENDED';
  readonly retryable = false;
  constructor() {
    super(
      'The credential that created this link is no longer allowed to use it, or not from this address: create a link with one that is.',
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
    super('This upload link has not received a complete file yet: PUT the file there first.', {});
  }
}

/** An upload that was imported before, under another key. */
export class UploadUsed extends Rejection<Record<string, never>> {
  static readonly code = 'UPLOAD_USED';
  readonly retryable = false;
  constructor() {
    super('The file of this upload link was imported under another key: upload the file again.', {});
  }
}

/** An upload of which a piece, or the master key that encrypts it, no longer exists. */
export class UploadGone extends Rejection<Record<string, never>> {
  static readonly code = 'UPLOAD_GONE';
  readonly retryable = false;
  constructor() {
    super(
      'The file of this upload link has passed its retention time and can no longer be read: upload the file again.',
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
    const whose = data.whose === 'yours' ? 'Your waiting uploads' : 'All waiting uploads';
    const limit =
      data.unit === 'links'
        ? `as many as allowed (${data.limit})`
        : `as large as allowed (${data.limit} bytes)`;
    super(
      `${whose} are ${limit}: import the files already uploaded, or wait: a link expires an hour after it was created, and a file that is not imported is deleted a day later.`,
      data,
    );
  }
}
