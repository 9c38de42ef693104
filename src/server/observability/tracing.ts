import { traceWith } from '../../store/postgres/spans.ts';

/** Whether OpenTelemetry's standard variables name an endpoint for traces. */
export function tracesAreWanted(environment: NodeJS.ProcessEnv): boolean {
  const { OTEL_SDK_DISABLED, OTEL_TRACES_EXPORTER } = environment;
  if (OTEL_SDK_DISABLED?.toLowerCase() === 'true' || OTEL_TRACES_EXPORTER === 'none') return false;
  return Boolean(environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || environment.OTEL_EXPORTER_OTLP_ENDPOINT);
}

/**
 * Sends traces to an OpenTelemetry collector, over HTTP as JSON. The SDK reads its settings from the environment by itself:
 * OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_TRACES_SAMPLER and the others.
 *
 * @returns a function that flushes and stops; undefined when traces are off, and then the SDK is not loaded.
 */
export async function startTracing(
  environment: NodeJS.ProcessEnv,
): Promise<(() => Promise<void>) | undefined> {
  if (!tracesAreWanted(environment)) return undefined;
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const defaults = resources.resourceFromAttributes({ 'service.name': 'cardline' });
  const detected = resources.detectResources({ detectors: [resources.envDetector] });
  const provider = new NodeTracerProvider({
    resource: defaults.merge(detected),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  // Also registers the context manager for asynchronous steps and the propagator for incoming traces.
  provider.register();
  traceWith(provider.getTracer('cardline'));
  return async () => {
    traceWith(undefined);
    await provider.shutdown();
  };
}
