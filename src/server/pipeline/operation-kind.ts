import {
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';

/** LIST: a mutation of many cards; SINGLE: any other mutation. */
type OperationKind = 'QUERY' | 'LIST' | 'SINGLE';

const known = new WeakMap<OperationDefinitionNode, OperationKind>();

export function operationKind({ schema, document, operationName }: ExecutionArgs): OperationKind {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.MUTATION) return 'QUERY';
  const found = known.get(operation) ?? (hasBulkField(schema, document, operation) ? 'LIST' : 'SINGLE');
  known.set(operation, found);
  return found;
}

/** Whether the schema marks one of the operation's fields as `bulk`. */
function hasBulkField(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  const fields = schema.getMutationType()?.getFields() ?? {};
  const inSet = ({ selections }: SelectionSetNode): boolean =>
    selections.some((node) => {
      if (node.kind === Kind.FIELD) return fields[node.name.value]?.extensions.bulk === true;
      if (node.kind === Kind.INLINE_FRAGMENT) return inSet(node.selectionSet);
      const fragment = document.definitions.find(
        (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === node.name.value,
      );
      return fragment?.kind === Kind.FRAGMENT_DEFINITION && inSet(fragment.selectionSet);
    });
  return inSet(operation.selectionSet);
}
