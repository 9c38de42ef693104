import { GraphQLError, GraphQLID, type GraphQLScalarType, GraphQLString } from 'graphql';

/** The one character that PostgreSQL keeps nowhere. */
const NUL = '\u0000';

/**
 * GraphQL's own texts hold anything that JSON can say; PostgreSQL's have no NUL and no half of a surrogate pair. Taken
 * in, the one would fail a transaction that others share, and the other would be stored as another character: a key
 * sent again would not be found. So both are refused at the door, wherever a text may come in.
 */
function takePlainTextOnly(scalar: GraphQLScalarType): void {
  const { parseValue, parseLiteral } = scalar;
  const plain = (value: unknown): unknown => {
    if (typeof value !== 'string' || (!value.includes(NUL) && isWellFormed(value))) return value;
    throw new GraphQLError('A text must not have NUL characters or halves of surrogate pairs in it.', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  };
  scalar.parseValue = (value) => plain(parseValue(value));
  scalar.parseLiteral = (node, variables) => plain(parseLiteral(node, variables));
}

/** As String.prototype.isWellFormed, which the library of ES2023 does not know. */
function isWellFormed(text: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}

takePlainTextOnly(GraphQLString);
takePlainTextOnly(GraphQLID);
