import { posix } from 'node:path';
import { type CellFormat, cellFormat } from './cell-formats.ts';
import { type SheetLine, type SheetTerms, sheetLines } from './sheet-lines.ts';
import { UnreadableFile } from './unreadable-file.ts';
import { readXml } from './xml-events.ts';
import { notWorkbook, ZipParts } from './zip-parts.ts';

interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** Its rows from the top, each time it is called. */
  lines(): AsyncGenerator<SheetLine[]>;
}

/** What the shared texts of a workbook may have together. */
const MAX_TEXTS = 2_000_000;
const MAX_TEXT_LENGTH = 32 * 1024 * 1024;

type Attributes = Readonly<Record<string, string>>;

/**
 * The sheets of a workbook in Office Open XML (.xlsx, ECMA-376), in their order. Their rows are parsed as they are read;
 * only the texts that cells share are kept.
 *
 * @throws UnreadableFile when it is none, or too large.
 */
export async function openWorkbook(bytes: Buffer, maxBytes?: number): Promise<Sheet[]> {
  const parts = await ZipParts.open(bytes, maxBytes);
  const book = await workbookPart(parts);
  const targets = await relations(parts, book);
  const { listed, isFrom1904 } = await listSheets(parts, book);
  const part = (type: string) => [...targets.values()].find((target) => target.type === type)?.path;
  const terms: SheetTerms = {
    texts: await sharedTexts(parts, part('sharedStrings')),
    formats: await cellFormats(parts, part('styles')),
    isFrom1904,
  };
  return listed.flatMap(({ name, id, isHidden }) => {
    const target = targets.get(id);
    if (target?.type !== 'worksheet') return [];
    return [{ name, isHidden, lines: () => sheetLines(parts.read(target.path), terms) }];
  });
}

async function workbookPart(parts: ZipParts): Promise<string> {
  if (!parts.has('_rels/.rels'))
    throw new UnreadableFile('NOT_READABLE', notWorkbook('it is another archive'));
  const root = [...(await relations(parts, '')).values()].find(({ type }) => type === 'officeDocument');
  if (!root?.path.endsWith('.xml')) {
    throw new UnreadableFile('NOT_READABLE', notWorkbook('it is of another kind'));
  }
  return root.path;
}

/** What a part refers to, by id. The types are compared by their ends, which Microsoft's and ISO's names share. */
async function relations(
  parts: ZipParts,
  part: string,
): Promise<Map<string, { type: string; path: string }>> {
  const folder = posix.dirname(part);
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const found = new Map<string, { type: string; path: string }>();
  await readXml(parts.read(name), {
    open(tag, { Id = '', Type = '', Target = '', TargetMode }) {
      if (tag !== 'Relationship' || TargetMode === 'External') return;
      const path = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      found.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), path });
    },
  });
  return found;
}

async function listSheets(parts: ZipParts, book: string) {
  const listed: { name: string; id: string; isHidden: boolean }[] = [];
  let isFrom1904 = false;
  await readXml(parts.read(book), {
    open(tag, attributes) {
      if (tag === 'workbookPr') isFrom1904 = isTrue(attributes.date1904);
      if (tag !== 'sheet') return;
      const id =
        Object.entries(attributes).find(([name]) => name === 'id' || name.endsWith(':id'))?.[1] ?? '';
      const isHidden = (attributes.state ?? 'visible') !== 'visible';
      listed.push({ name: attributes.name ?? '', id, isHidden });
    },
  });
  return { listed, isFrom1904 };
}

async function sharedTexts(parts: ZipParts, path: string | undefined): Promise<string[]> {
  const texts: string[] = [];
  if (path === undefined) return texts;
  let text: string | undefined;
  let length = 0;
  let isText = false;
  let isPhonetic = false;
  await readXml(parts.read(path), {
    open(tag) {
      if (tag === 'si') text = '';
      else if (tag === 'rPh') isPhonetic = true;
      isText = tag === 't' && !isPhonetic;
    },
    text(content) {
      if (isText && text !== undefined) text += content;
    },
    close(tag) {
      isText = false;
      if (tag === 'rPh') isPhonetic = false;
      if (tag !== 'si') return;
      length += text?.length ?? 0;
      if (texts.push(text ?? '') > MAX_TEXTS || length > MAX_TEXT_LENGTH) {
        throw new UnreadableFile(
          'TOO_LARGE',
          'The workbook has too many texts: split it, or save it as CSV.',
        );
      }
    },
  });
  return texts;
}

/** The format of each cell style. */
async function cellFormats(parts: ZipParts, path: string | undefined): Promise<CellFormat[]> {
  if (path === undefined) return [];
  const codes = new Map<string, string>();
  const styles: string[] = [];
  let isCellStyle = false;
  await readXml(parts.read(path), {
    open(tag, attributes: Attributes) {
      if (tag === 'numFmt') codes.set(attributes.numFmtId ?? '', attributes.formatCode ?? '');
      else if (tag === 'cellXfs') isCellStyle = true;
      else if (tag === 'xf' && isCellStyle) styles.push(attributes.numFmtId ?? '0');
    },
    close(tag) {
      if (tag === 'cellXfs') isCellStyle = false;
    },
  });
  return styles.map((id) => cellFormat(Number(id), codes.get(id)));
}

function isTrue(attribute: string | undefined): boolean {
  return attribute === '1' || attribute === 'true';
}
