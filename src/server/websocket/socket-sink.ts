import type { Sink } from '../streams/pushed-subscription.ts';
import type { SocketFrames } from './socket-frames.ts';

const END = Buffer.from('}');

/** Sends an operation's results as `next` messages of graphql-ws. @param onAway called if the database is away */
export function socketSink(frames: SocketFrames, { id, onAway }: { id: string; onAway: () => void }): Sink {
  const before = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  return {
    push: ({ bytes, isAway }) => {
      const hasRoom = frames.send(before, bytes, END);
      if (isAway) onAway();
      return hasRoom;
    },
    onRoom: (listener) => frames.onRoom(listener),
  };
}
