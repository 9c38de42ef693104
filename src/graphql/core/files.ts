import * as files from '../../domain/rejections/files.ts';
import type { FileLink } from '../../store/files/file-links.ts';
import { builder } from './builder.ts';
import { registerRejection } from './errors.ts';
import { toGlobalId } from './global-id.ts';

/** A link just made, with the secret that only its address holds. */
export interface NewLink {
  readonly link: FileLink;
  readonly secret: string;
}

export const Upload = builder.objectRef<NewLink>('Upload').implement({
  description: 'A place to send one file to.',
  fields: (t) => ({
    id: t.id({
      description: 'Name it in the mutation that imports the file.',
      resolve: ({ link }) => toGlobalId('Upload', link.id),
    }),
    url: t.string({
      description: 'PUT the file here, once, before the link expires. The link is its own key.',
      resolve: ({ secret }, _args, { publicUrl }) => `${publicUrl}/files/${secret}`,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When the link ends.',
      resolve: ({ link }) => link.expiresAt,
    }),
  }),
});

export const Download = builder.objectRef<NewLink>('Download').implement({
  description: 'A place to fetch one file from.',
  fields: (t) => ({
    url: t.string({
      description: 'GET the file here, once, before the link expires. The link is its own key.',
      resolve: ({ secret }, _args, { publicUrl }) => `${publicUrl}/files/${secret}`,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When the link ends.',
      resolve: ({ link }) => link.expiresAt,
    }),
  }),
});

registerRejection(files.UploadUsed, 'An upload that was imported before, under another key.');
registerRejection(
  files.UploadGone,
  'An upload of which a piece, or the master key that it lay under, is there no more.',
);
registerRejection(files.UploadQuotaExceeded, 'Too many uploads, or too much of them, wait to be imported.', {
  unit: { type: 'String', description: 'What there is too much of: `links` or `bytes`.' },
  limit: { type: 'Decimal', description: 'How many may wait.' },
  whose: { type: 'String', description: 'Whose they are: `yours` or `all`.' },
});
registerRejection(files.UploadNotReceived, 'An upload that was asked for and has not arrived whole.');
