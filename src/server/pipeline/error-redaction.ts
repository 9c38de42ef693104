import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/**
 * GraphQL repeats in its errors what it was sent: a PIN that was written as a number, or beside a field that is not
 * there, would stand in the answer, and in whatever logs answers. What was wrong and where is enough.
 */
const ECHOES: readonly [RegExp, string][] = [
  // The value is cut to the last of what might be its end, since it may have anything in it.
  [/got invalid value [\s\S]*?((?: at "[\w.[\]]+")?); (?![\s\S]*; )/, 'got an invalid value$1; '],
  [/(cannot represent[^:"{[]*)[:"{[ ][\s\S]*$/, '$1.'],
  [/, found [\s\S]*$/, '.'],
  [/Value "[\s\S]*" does not exist/, 'The value does not exist'],
  [/\b(Int|Float|String|BlockString) "[\s\S]*"/, '$1'],
  [
    /Cannot parse Unicode[\s\S]*|Invalid (number|character|Unicode escape sequence)[\s\S]*/,
    'The text can not be read.',
  ],
];

/** The error without the values it was about, with a code when it had none. */
export function withoutValues(error: GraphQLError): GraphQLError {
  const { nodes = null, source = null, positions = null, path = null } = error;
  if (error.path) return error;
  const { originalError, ...extensions } = error.extensions;
  // Of a body that is no JSON, Yoga keeps here what was in it.
  if (originalError) extensions.http = { status: 400 };
  let { message } = error;
  for (const [echo, instead] of ECHOES) message = message.replace(echo, instead);
  if (message === error.message && extensions.code !== undefined && !originalError) return error;
  return new GraphQLError(message, {
    nodes,
    source,
    positions,
    path,
    extensions: { code: 'BAD_USER_INPUT', ...extensions },
  });
}

/** For what is found before an operation runs, over every transport. */
export function useUntoldValues(): Plugin {
  return {
    onParse:
      () =>
      ({ result, replaceParseResult }) => {
        if (result instanceof GraphQLError) replaceParseResult(withoutValues(result));
      },
    onValidate:
      () =>
      ({ valid, result, setResult }) => {
        if (!valid) setResult(result.map((error) => withoutValues(error as GraphQLError)));
      },
  };
}
