import type { ObjectRef } from '@pothos/core';
import { type ApiTypes, builder } from './builder.ts';

/**
 * The connection of a type: `CardConnection` and `CardEdge` for `Card`.
 *
 * @param items the plural noun for the descriptions
 */
export function connectionOf<Shape, Type extends ObjectRef<ApiTypes, Shape>>(type: Type, items: string) {
  return builder.connectionObject(
    { type, name: `${type.name}Connection`, description: `A page of ${items}.` },
    { name: `${type.name}Edge`, description: `One of the ${items}, with its cursor.` },
  );
}
