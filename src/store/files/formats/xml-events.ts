import sax from 'sax';
import { UnreadableFile } from './unreadable-file.ts';
import { notWorkbook } from './zip-parts.ts';

interface XmlHandlers {
  /** @param name without its namespace prefix */
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Parses XML as it comes. Entities other than XML's own five are refused, so that none can expand; a document type is
 * ignored.
 *
 * @returns once after each chunk, so that the caller can take what the handlers gathered.
 */
export async function* parseXml(
  chunks: AsyncIterable<Uint8Array>,
  { open, text, close }: XmlHandlers,
): AsyncGenerator<void> {
  // The types lack strictEntities.
  const options = { strictEntities: true, position: false } as sax.SAXOptions;
  const parser = sax.parser(true, options);
  parser.onerror = ({ message }) => {
    throw new UnreadableFile('NOT_READABLE', notWorkbook(`its XML is damaged: ${message.split('\n', 1)[0]}`));
  };
  parser.onopentag = ({ name, attributes }) => open?.(local(name), attributes as Record<string, string>);
  parser.onclosetag = (name) => close?.(local(name));
  parser.ontext = (content) => text?.(content);
  parser.oncdata = (content) => text?.(content);
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    parser.write(decoder.decode(chunk, { stream: true }));
    yield;
  }
  parser.close();
  yield;
}

/** Parses a whole part at once. */
export async function readXml(chunks: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  for await (const _ of parseXml(chunks, handlers));
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
