import * as files from '../../domain/rejections/files.ts';
import { InvalidInput } from '../../domain/rejections/input.ts';
import type { FileLink } from '../../store/files/file-links.ts';
import { builder } from './builder.ts';
import { registerRejection } from './errors.ts';
import { toGlobalId } from './global-id.ts';

/** A new link, with the secret that only its URL contains. */
export interface NewLink {
  readonly link: FileLink;
  readonly secret: string;
}

export const Upload = builder.objectRef<NewLink>('Upload').implement({
  description: 'A link for uploading one file.',
  fields: (t) => ({
    id: t.id({
      description: 'The id to pass to the mutation that imports the file.',
      resolve: ({ link }) => toGlobalId('Upload', link.id),
    }),
    url: t.string({
      description: 'PUT the file to this URL, once, before it expires. The URL contains its own credential.',
      resolve: ({ secret }, _args, { publicUrl }) => `${publicUrl}/files/${secret}`,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When the link expires.',
      resolve: ({ link }) => link.expiresAt,
    }),
  }),
});

const MAX_IGNORED_COLUMNS = 200;

/** Heads of columns that an import of a file is told to ignore. @throws InvalidInput */
export function ignoredColumns(heads: readonly string[]): readonly string[] {
  if (heads.length <= MAX_IGNORED_COLUMNS) return heads;
  throw new InvalidInput({
    field: 'ignoredColumns',
    problem: `must name at most ${MAX_IGNORED_COLUMNS} columns.`,
  });
}

export const Download = builder.objectRef<NewLink>('Download').implement({
  description: 'A link for downloading one file.',
  fields: (t) => ({
    url: t.string({
      description:
        'GET the file from this URL, once, before it expires. The URL contains its own credential.',
      resolve: ({ secret }, _args, { publicUrl }) => `${publicUrl}/files/${secret}`,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When the link expires.',
      resolve: ({ link }) => link.expiresAt,
    }),
  }),
});

registerRejection(files.UploadUsed, 'The upload was already imported under another key.');
registerRejection(
  files.UploadGone,
  'Part of the upload, or the master key that encrypts it, is no longer available.',
);
registerRejection(
  files.UploadQuotaExceeded,
  'Too many uploads, or too many bytes, are waiting to be imported.',
  {
    unit: { type: 'String', description: 'The exceeded limit: `links` or `bytes`.' },
    limit: { type: 'Decimal', description: 'How many may wait at a time.' },
    whose: { type: 'String', description: 'The scope of the limit: `yours` or `all`.' },
  },
);
registerRejection(files.UploadNotReceived, 'The upload has not been received completely.');
