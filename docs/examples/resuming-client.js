import { createClient } from 'graphql-ws';

/**
 * Follows a subscription for as long as the page is open, and hands out every event once and in order, however often
 * the connection breaks.
 *
 * @param after the `eventCursor` that was asked for together with what is on the screen
 * @param onEvent called with each event
 * @param onEnd called with what only a person, or loading the present state anew, can mend
 * @param options those of graphql-ws: `url`, `connectionParams`, and `webSocketImpl` outside of browsers
 * @returns how to stop
 */
export function follow({ query, after, variables, onEvent, onEnd, ...options }) {
  const client = createClient({
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    ...options,
  });
  // Sent again, as they are then, whenever the client has connected again.
  const resumed = { ...variables, after };
  const next = ({ data, errors }) => {
    if (errors) return onEnd(errors);
    const [event] = Object.values(data);
    onEvent(event);
    resumed.after = event.cursor;
  };
  client.subscribe({ query, variables: resumed }, { next, error: onEnd, complete: () => {} });
  return () => client.dispose();
}
