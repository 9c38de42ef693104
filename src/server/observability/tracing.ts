import { TraceFlags } from '@opentelemetry/api';
import type { SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { traceWith } from '../../store/postgres/spans.ts';

/** Of the SDK, without OTEL_BSP_MAX_QUEUE_SIZE. */
const DEFAULT_QUEUE_SIZE = 2_048;
/** The SDK's ExportResultCode.SUCCESS, whose package is not among the dependencies. */
const EXPORTED = 0;

/** Whether OpenTelemetry's standard variables name an endpoint for traces. */
function tracesAreWanted(environment: NodeJS.ProcessEnv): boolean {
  const { OTEL_SDK_DISABLED, OTEL_TRACES_EXPORTER } = environment;
  if (OTEL_SDK_DISABLED?.toLowerCase() === 'true' || OTEL_TRACES_EXPORTER === 'none') return false;
  return Boolean(environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || environment.OTEL_EXPORTER_OTLP_ENDPOINT);
}

/**
 * Sends traces to an OpenTelemetry collector, over HTTP as JSON. The SDK reads its settings from the environment by itself:
 * OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_TRACES_SAMPLER and the others.
 *
 * @param onDropped called with the number of spans that did not reach the collector: it did not take them, or they came
 * faster than it takes them
 * @returns a function that flushes and stops; undefined when traces are off, and then the SDK is not loaded.
 */
export async function startTracing(
  environment: NodeJS.ProcessEnv,
  onDropped: (spans: number) => void = () => {},
): Promise<(() => Promise<void>) | undefined> {
  if (!tracesAreWanted(environment)) return undefined;
  const [sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const defaults = resources.resourceFromAttributes({ 'service.name': 'cardline' });
  const detected = resources.detectResources({ detectors: [resources.envDetector] });
  const provider = new sdk.NodeTracerProvider({
    resource: defaults.merge(detected),
    spanProcessors: [countingProcessor(sdk, new OTLPTraceExporter(), onDropped)],
  });
  // Also registers the context manager for asynchronous steps and the propagator for incoming traces.
  provider.register();
  traceWith(provider.getTracer('cardline'));
  return async () => {
    traceWith(undefined);
    // The last spans may be lost, and were counted: the server stops all the same.
    await provider.shutdown().catch(() => {});
  };
}

/** The SDK's queue drops spans without a word when it is full. Its size is a setting of the SDK's own. */
function countingProcessor(
  { BatchSpanProcessor }: typeof import('@opentelemetry/sdk-trace-node'),
  exporter: SpanExporter,
  onDropped: (spans: number) => void,
): SpanProcessor {
  const limit = Number(process.env.OTEL_BSP_MAX_QUEUE_SIZE) || DEFAULT_QUEUE_SIZE;
  let queued = 0;
  const batches = new BatchSpanProcessor({
    export: (spans, done) => {
      queued -= spans.length;
      exporter.export(spans, (result) => {
        if (result.code !== EXPORTED) onDropped(spans.length);
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  });
  return {
    onStart: (span, parent) => batches.onStart(span, parent),
    onEnd: (span) => {
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
      if (queued >= limit) return onDropped(1);
      queued += 1;
      batches.onEnd(span);
    },
    forceFlush: () => batches.forceFlush(),
    shutdown: () => batches.shutdown(),
  };
}
