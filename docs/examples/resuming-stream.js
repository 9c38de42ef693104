/**
 * The same over server-sent events: follows a subscription until the signal aborts it. Delivers every event once and in
 * order.
 *
 * @param after the `eventCursor` that was queried together with the data on the screen
 * @throws Error if the operation fails in a way that needs a person, or a reload of the current state
 */
export async function followStream({ url, key, query, after, variables, onEvent, signal, pauseMs = 1_000 }) {
  const accept = 'text/event-stream';
  const headers = { authorization: `Bearer ${key}`, accept, 'content-type': 'application/json' };
  let last = after;
  while (!signal.aborted) {
    const body = JSON.stringify({ query, variables: { ...variables, after: last } });
    const answer = await fetch(url, { method: 'POST', headers, body, signal }).catch(() => undefined);
    for await (const { data, errors } of results(answer)) {
      if (errors) throw new Error(errors[0].message, { cause: errors });
      const [event] = Object.values(data);
      onEvent(event);
      last = event.cursor;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Yields the results of a stream until it ends or breaks off. */
async function* results(answer) {
  const reader = answer?.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value } = (await reader?.read().catch(() => undefined)) ?? {};
    if (value === undefined) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop();
    for (const line of lines) if (line.startsWith('data: {')) yield JSON.parse(line.slice(6));
  }
}
