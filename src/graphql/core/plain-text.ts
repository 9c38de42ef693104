import { GraphQLID, type GraphQLScalarType, GraphQLString } from 'graphql';
import { requestError } from './error-codes.ts';

/** The one character that PostgreSQL cannot store. */
const NUL = '\u0000';

/**
 * GraphQL strings can hold anything that JSON can; PostgreSQL text has no NUL and no lone surrogates. A NUL would fail
 * a transaction that other commands share, and a lone surrogate would be stored as another character, so that a resent
 * key would not be found. Both are therefore refused in every input.
 */
function takePlainTextOnly(scalar: GraphQLScalarType): void {
  const { parseValue, parseLiteral } = scalar;
  const plain = (value: unknown): unknown => {
    if (typeof value !== 'string' || (!value.includes(NUL) && isWellFormed(value))) return value;
    throw requestError(
      'BAD_USER_INPUT',
      'A text must not have NUL characters or halves of surrogate pairs in it.',
    );
  };
  scalar.parseValue = (value) => plain(parseValue(value));
  scalar.parseLiteral = (node, variables) => plain(parseLiteral(node, variables));
}

/** Like String.prototype.isWellFormed, which is missing from the ES2023 type library. */
function isWellFormed(text: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}

takePlainTextOnly(GraphQLString);
takePlainTextOnly(GraphQLID);
