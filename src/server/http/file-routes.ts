import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Logger } from 'pino';
import { FileTooLarge } from '../../domain/rejections/files.ts';
import { Rejection } from '../../domain/rejections/rejection.ts';
import { openDownload } from '../../store/exports/downloads.ts';
import { takeFileLink } from '../../store/files/file-links.ts';
import type { FileSeal } from '../../store/files/file-seal.ts';
import type { UploadQuota } from '../../store/files/upload-quota.ts';
import { receiveUpload, UPLOAD_LIMITS, UPLOAD_PURPOSES } from '../../store/files/uploads.ts';
import type { KeyRing } from '../../store/keys/key-ring.ts';
import type { Sql } from '../../store/postgres/database.ts';
import { answerJson } from './responses.ts';
import type { Route } from './route-matching.ts';

interface FileServices {
  readonly sql: Sql;
  readonly seal: FileSeal;
  readonly quota: UploadQuota;
  readonly pinKeys: KeyRing;
  readonly logger: Logger;
}

const STATUS: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  FILE_LINK_ENDED: 403,
  FILE_LINK_USED: 410,
  FILE_LINK_EXPIRED: 410,
  FILE_TOO_LARGE: 413,
  UPLOAD_QUOTA_EXCEEDED: 429,
  BATCH_NOT_FINISHED: 409,
};

/** Files over one-time links that mutations return. The secret in the path is the credential and is never logged. */
export function fileRoutes(services: FileServices): Route[] {
  const { sql, logger } = services;
  return [
    {
      method: 'GET',
      path: '/files/:secret',
      handle: (_request, response, { params, requestId, address }) =>
        answer(response, { logger, requestId }, async () => {
          const file = await openDownload(services, params.secret ?? '', { address, requestId });
          response.writeHead(200, {
            'Content-Type': `${file.type}; charset=utf-8`,
            'Content-Disposition': `attachment; filename="${file.name}"`,
            'Cache-Control': 'no-store',
          });
          await pipeline(Readable.from(file.lines), response);
        }),
    },
    {
      method: 'PUT',
      path: '/files/:secret',
      handle: (request, response, { params, requestId, address }) =>
        answer(
          response,
          { logger, requestId },
          async () => {
            const link = await sql.begin((tx) =>
              takeFileLink(tx, params.secret ?? '', { purposes: UPLOAD_PURPOSES, address }),
            );
            const bytes = await receiveUpload(services, link, bodyOf(request, UPLOAD_LIMITS[link.purpose]));
            answerJson(response, 201, { bytes });
          },
          request,
        ),
    },
  ];
}

async function answer(
  response: ServerResponse,
  { logger, requestId }: { logger: Logger; requestId: string },
  work: () => Promise<void>,
  request?: IncomingMessage,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (request?.destroyed && !request.complete) {
      logger.debug({ err: error, requestId }, 'A client disconnected during a file transfer');
      return;
    }
    if (response.headersSent) {
      response.destroy();
      logger.warn({ err: error, requestId }, 'A file transfer was interrupted');
    } else if (error instanceof Rejection) {
      answerJson(response, STATUS[error.code] ?? 400, { code: error.code, message: error.message });
    } else {
      logger.error({ err: error, requestId }, 'A file transfer failed');
      answerJson(response, 500, { code: 'INTERNAL_SERVER_ERROR', message: 'Unexpected error.', requestId });
    }
  }
}

/**
 * The bytes of an upload. Abandoning them does not destroy the request: otherwise a refusal could not be sent.
 *
 * @throws FileTooLarge at once when the declared length exceeds the limit
 */
function bodyOf(request: IncomingMessage, limitBytes: number): AsyncIterable<Uint8Array> {
  if (Number(request.headers['content-length']) > limitBytes) throw new FileTooLarge({ limitBytes });
  return request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
}
