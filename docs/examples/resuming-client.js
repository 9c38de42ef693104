import { createClient } from 'graphql-ws';

/**
 * Follows a subscription for as long as the page is open. Delivers every event once and in order, however often the
 * connection breaks.
 *
 * @param after the `eventCursor` that was queried together with the data on the screen
 * @param onEvent called with each event
 * @param onEnd called with an error that needs a person, or a reload of the current state
 * @param options of graphql-ws: `url`, `connectionParams`, and `webSocketImpl` outside of browsers
 * @returns a function that stops the subscription
 */
export function follow({ query, after, variables, onEvent, onEnd, ...options }) {
  const client = createClient({
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    ...options,
  });
  // graphql-ws sends these variables, with their current values, each time it reconnects.
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
