import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import {
  type DefinitionNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  visit,
} from 'graphql';
import { UsageError } from '../server/settings/usage-error.ts';
import { printOutcome } from './outcome.ts';

const EXAMPLES = `
Each operation is written with the fragments it uses, in the standard print of GraphQL, under its SHA-256. A client sends
the hash as "documentId": "sha256:…", or as extensions.persistedQuery.sha256Hash.

Example:
  $ cardline trusted-documents src/*.graphql > trusted.json
  $ TRUSTED_DOCUMENTS=trusted.json TRUSTED_DOCUMENTS_ONLY=true cardline serve`;

/** Writes the file that TRUSTED_DOCUMENTS names. */
export function trustedDocumentsCommand(): Command {
  return new Command('trusted-documents')
    .description('Writes the list of documents that clients may name by their hash.')
    .argument('<files...>', 'files of operations and fragments')
    .addHelpText('after', EXAMPLES)
    .action(async (files: string[]) => {
      const definitions = await Promise.all(files.map(readDefinitions));
      // The same with or without --json: the file is for programs.
      printOutcome(byHash(definitions.flat()), '', { json: true });
    });
}

/** @throws UsageError */
async function readDefinitions(file: string): Promise<readonly DefinitionNode[]> {
  try {
    return parse(await readFile(file, 'utf8')).definitions;
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
}

/** Every operation, with the fragments it uses, under the SHA-256 of its text. @throws UsageError */
function byHash(definitions: readonly DefinitionNode[]): Record<string, string> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const texts = operations.map((operation) =>
    print({ kind: Kind.DOCUMENT, definitions: [operation, ...usedBy(operation, fragments)] }),
  );
  return Object.fromEntries(texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]));
}

function usedBy(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Iterable<FragmentDefinitionNode> {
  const used = new Set<FragmentDefinitionNode>();
  const follow = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (!fragment) throw new UsageError(`There is no fragment "${name.value}" in these files.`);
        if (used.has(fragment)) return;
        used.add(fragment);
        follow(fragment);
      },
    });
  };
  follow(operation);
  return used;
}
