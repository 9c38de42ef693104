/** An item of an ordered sequence: an event at its position in the log, or statistics by the count of seconds. */
export interface Positioned {
  readonly position: bigint;
}

/** Items in the order of their positions, each after the position at which the stream begins. */
export interface PositionedStream<Item extends Positioned> extends AsyncIterableIterator<Item> {
  readonly after: bigint;
}

export function positioned<Item extends Positioned>(
  after: bigint,
  items: AsyncIterableIterator<Item>,
): PositionedStream<Item> {
  return Object.assign(items, { after });
}

/** Whether a stream says where it begins. Then its items have positions. */
export function isPositioned(items: AsyncIterable<unknown>): items is PositionedStream<Positioned> {
  return 'after' in items && typeof items.after === 'bigint';
}
