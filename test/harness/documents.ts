import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** README.md and all of docs/, by their paths. */
export const documents: ReadonlyMap<string, string> = new Map(
  ['README.md', ...readdirSync('docs').map((name) => join('docs', name))]
    .filter((path) => path.endsWith('.md'))
    .map((path) => [path, readFileSync(path, 'utf8')]),
);

export interface Block {
  /** What stands behind the opening fence; empty for plain output. */
  readonly language: string;
  readonly text: string;
  /** Of its opening fence, from 1. */
  readonly line: number;
  /** Whether nothing stands between it and the block before. */
  readonly follows: boolean;
}

/** The fenced blocks of a document, in order. */
export function blocksOf(markdown: string): Block[] {
  let end = -1;
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```\n/gm)].map(
    ({ index, 0: whole, 1: language = '', 2: text = '' }) => {
      const follows = end === index;
      end = index + whole.length;
      return { language, text, line: markdown.slice(0, index).split('\n').length, follows };
    },
  );
}

export interface Request {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** The GraphQL in a block: all of it, or what the commands of a shell send. */
export function requestsIn({ language, text }: Pick<Block, 'language' | 'text'>): Request[] {
  if (language === 'graphql') return [{ query: text }];
  if (language !== 'sh') return [];
  return shellWords(text).flatMap((word) => {
    const argument = word.replace(/^\w+=/, '');
    if (/^\{\s*"query"/.test(argument)) return [JSON.parse(argument)];
    return /^(query|mutation|subscription|\{)\s/.test(argument) ? [{ query: argument }] : [];
  });
}

export interface Answer {
  readonly data?: unknown;
  readonly errors?: unknown;
}

/** The server's answers in a block of output, a line each: as JSON, or as events of a stream. */
export function answersIn({ language, text }: Pick<Block, 'language' | 'text'>): Answer[] {
  if (language !== 'json' && language !== '') return [];
  const lines = text.split('\n').map((line) => line.replace(/^data: /, ''));
  return lines.filter((line) => /^\{"(data|errors)":/.test(line)).map((line) => JSON.parse(line));
}

/** The words of a shell's text, without their quotes; what a variable stands for is left as its name. */
function shellWords(text: string): string[] {
  const word = /(?<comment>(?<=^|\s)#[^\n]*)|(?<word>(?:'[^']*'|"(?:\\.|[^"\\])*"|\\[\s\S]|[^\s;|&'"\\])+)/g;
  return [...text.matchAll(word)].flatMap(({ groups }) => {
    const pieces = groups?.word?.match(/'[^']*'|"(?:\\.|[^"\\])*"|\\[\s\S]|[^'"\\]+/g) ?? [];
    const quoted = pieces.map((piece) => (/^['"]/.test(piece) ? piece.slice(1, -1) : piece));
    return groups?.word ? [quoted.join('')] : [];
  });
}

/** Where the links of a document lead, and the files of this repository that it names in code. */
export function placesNamedIn(
  path: string,
  markdown: string,
): { file: string; anchor: string | undefined }[] {
  const text = markdown.replace(/^```[\s\S]*?^```\n/gm, '');
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].map(
    ([, file = '', anchor]) => ({
      file: file === '' ? path : join(dirname(path), file),
      anchor,
    }),
  );
  const named = [...text.matchAll(/`((?:src|test|docs|drizzle)\/[\w./-]+\.\w+)`/g)].map(([, file = '']) => ({
    file,
    anchor: undefined,
  }));
  return [...links, ...named];
}

/** The anchors that GitHub gives a document's headings. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const headings = markdown.replace(/^```[\s\S]*?^```\n/gm, '').matchAll(/^#+ (.*)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** The names in a document's text that are written like names of the API: fields, arguments, values, codes. */
export function namesIn(markdown: string): ReadonlySet<string> {
  const text = markdown.replace(/^```[\s\S]*?^```\n/gm, '');
  return new Set(
    [...text.matchAll(/`([a-z]+[A-Z]\w*|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`/g)].map(([, name = '']) => name),
  );
}

export interface Invocation {
  /** The program's command, such as `keys rotate`, or the script of `npm run`. */
  readonly words: readonly string[];
  readonly options: readonly string[];
}

/** How a document says that our own program is called: `npx cardline …`, `$ cardline …` and the like. */
export function invocationsIn(markdown: string): Invocation[] {
  const calls = markdown.matchAll(/(?:npx |\$ |`)cardline ([^`\n]*)|cardline\.js ([^`\n]*)/g);
  return [...calls].map(([, called, run = '']) => {
    const line = (called ?? run).replace(/ #.*$/, '');
    const words = /^[a-z][a-z -]*?(?= -| \S*[^a-z -]|$)/.exec(line)?.[0].trim().split(' ') ?? [];
    return { words, options: line.match(/(?<= )--[a-z-]+/g) ?? [] };
  });
}

/** The scripts of package.json that a document names. */
export function scriptsIn(markdown: string): string[] {
  return [...markdown.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
}
