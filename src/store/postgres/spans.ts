import {
  type Attributes,
  type Context,
  context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';

/** Nobody traces unless the server was told to: then this costs one comparison. */
let tracer: Tracer | undefined;

/** Begins to trace, or ends it. One program traces for all that is in it. */
export function traceWith(given: Tracer | undefined): void {
  tracer = given;
}

export interface SpanOptions {
  /** Names, sizes and counts. Never a PIN, a key, a number or a serial. */
  readonly attributes?: Attributes;
  readonly kind?: SpanKind;
  /** What it belongs to; left out: what is under way. */
  readonly parent?: Context;
  /** What it was done for beside that. */
  readonly links?: readonly Context[];
}

/** Does some work within a span, whose children are the spans that the work begins. */
export function inSpan<Result>(name: string, options: SpanOptions, work: () => Result): Result {
  if (!tracer) return work();
  const { attributes = {}, kind = SpanKind.INTERNAL, parent = context.active(), links = [] } = options;
  const linked = links.flatMap((each) => trace.getSpanContext(each) ?? []);
  const given = { attributes, kind, links: linked.map((spanContext) => ({ context: spanContext })) };
  return tracer.startActiveSpan(name, given, parent, (span) => {
    try {
      const result = work();
      if (!(result instanceof Promise)) return ended(span, result);
      return result.then(
        (value) => ended(span, value),
        (error) => {
          throw failed(span, error);
        },
      ) as Result;
    } catch (error) {
      throw failed(span, error);
    }
  });
}

/** Where work stands now, for a span that is begun for it elsewhere. */
export function whereWeAre(): Context | undefined {
  return tracer && context.active();
}

function ended<Result>(span: Span, result: Result): Result {
  span.end();
  return result;
}

/** Only the class of an error: what it says may hold what somebody sent. */
function failed(span: Span, error: unknown): unknown {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
  span.end();
  return error;
}
