import type { IncomingMessage, ServerResponse } from 'node:http';
import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { inSpan } from '../../store/postgres/spans.ts';

/** The span of one HTTP request. It continues the trace of a proxy or client (W3C `traceparent`). */
export function inRequestSpan<Result>(
  request: IncomingMessage,
  response: ServerResponse,
  route: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const { method = '', headers } = request;
  const options = {
    kind: SpanKind.SERVER,
    attributes: { 'http.request.method': method, 'http.route': route },
    parent: propagation.extract(context.active(), headers),
  };
  return inSpan(`${method} ${route}`, options, () => {
    const span = trace.getActiveSpan();
    response.once('finish', () => span?.setAttribute('http.response.status_code', response.statusCode));
    return work();
  });
}
