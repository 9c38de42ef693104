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

/** Unset unless the server was configured to trace: then tracing costs one comparison. */
let tracer: Tracer | undefined;

/** Starts or stops tracing, for the whole process. */
export function traceWith(given: Tracer | undefined): void {
  tracer = given;
}

interface SpanOptions {
  /** Names, sizes and counts. Never a PIN, a key, a number or a serial. */
  readonly attributes?: Attributes;
  readonly kind?: SpanKind;
  /** The parent span; left out: the active one. */
  readonly parent?: Context;
  /** Other spans that caused the work. */
  readonly links?: readonly Context[];
}

/** Runs work within a span; spans started by the work become its children. */
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

/** The active context, for a span that is started elsewhere on behalf of this work. */
export function whereWeAre(): Context | undefined {
  return tracer && context.active();
}

function ended<Result>(span: Span, result: Result): Result {
  span.end();
  return result;
}

/** Records only the class of an error: its message may contain user data. */
function failed(span: Span, error: unknown): unknown {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
  span.end();
  return error;
}
