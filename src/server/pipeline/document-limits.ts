import {
  type DocumentNode,
  type GraphQLError,
  Kind,
  Lexer,
  type ParseOptions,
  parse,
  Source,
  TokenKind,
} from 'graphql';
import { requestError } from '../../graphql/core/error-codes.ts';

/** A document of 5,000 tokens has about 50 KB. Longer values belong in variables. */
export const MAX_DOCUMENT_LENGTH = 131_072;
/** GraphQL counts lines again for every error. */
export const MAX_LINES = 5_000;
/** Nested brackets of any kind, in a document or in the value of a variable: everything that reads them is recursive. */
export const MAX_NESTING = 100;
/** Fragments may be nested like brackets. */
export const MAX_FRAGMENTS = 100;

const OPENING: readonly string[] = [TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L];
const CLOSING: readonly string[] = [TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R];

/**
 * Parses a document of bounded length and depth: the parser is recursive, and a document too deep for it would end as an
 * internal error.
 *
 * @throws GraphQLError
 */
export function boundedParse(
  text: string | Source,
  options: ParseOptions & { readonly maxTokens: number },
): DocumentNode {
  const source = typeof text === 'string' ? new Source(text) : text;
  if (source.body.length > MAX_DOCUMENT_LENGTH) {
    throw tooLarge(
      `The document has more than ${MAX_DOCUMENT_LENGTH} characters: send long values as variables.`,
    );
  }
  checkNesting(source, options.maxTokens);
  const document = parse(source, options);
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).length;
  if (fragments <= MAX_FRAGMENTS) return document;
  throw tooLarge(`The document has ${fragments} fragments: at most ${MAX_FRAGMENTS} are allowed.`);
}

/** Leaves tokens that the lexer refuses, and documents with too many tokens, to the parser's own errors. */
function checkNesting(source: Source, maxTokens: number): void {
  const lexer = new Lexer(source);
  let depth = 0;
  for (let tokens = 0; tokens <= maxTokens; tokens += 1) {
    const { kind, line } = advance(lexer);
    if (kind === TokenKind.EOF) return;
    if (OPENING.includes(kind)) depth += 1;
    if (CLOSING.includes(kind)) depth -= 1;
    if (depth > MAX_NESTING) throw tooLarge(`The document is nested deeper than ${MAX_NESTING} levels.`);
    if (line > MAX_LINES) throw tooLarge(`The document has more than ${MAX_LINES} lines.`);
  }
}

function advance(lexer: Lexer) {
  try {
    return lexer.advance();
  } catch {
    return { kind: TokenKind.EOF, line: 0 };
  }
}

/** Refuses values of variables whose lists and objects are nested too deep. */
export function refuseDeepValues(values: unknown): GraphQLError | undefined {
  if (!isDeeper(values, MAX_NESTING)) return undefined;
  return tooLarge(`The variables are nested deeper than ${MAX_NESTING} levels.`);
}

/** Looks no deeper than the limit, so the recursion is bounded. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels < 0) return true;
  for (const key in value) if (isDeeper((value as Record<string, unknown>)[key], levels - 1)) return true;
  return false;
}

export function tooLarge(message: string): GraphQLError {
  return requestError('OPERATION_TOO_LARGE', message);
}
