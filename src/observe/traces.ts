import {
  DiagLogLevel,
  defaultTextMapGetter,
  defaultTextMapSetter,
  diag,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Context as TraceContext,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import type { CallLog } from '../upstream/call-log.ts';
import type { CallOutcome } from '../upstream/call-watch.ts';
import type { Observer } from './watch.ts';

const NAME = 'astria-graphql';

/** Creates a span for each operation and each call to Astria. OpenTelemetry's own variables say where they are sent. */
export function createTraces(log: Logger) {
  const warn = (message: string) => log.warn({ message }, 'traces could not be sent');
  const [verbose, debug, info] = [() => {}, () => {}, () => {}];
  diag.setLogger({ verbose, debug, info, warn, error: warn }, DiagLogLevel.WARN);
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': NAME }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  return { watcher: spansOf(provider), close: () => provider.shutdown() };
}

function spansOf(provider: BasicTracerProvider): Observer {
  const tracer = provider.getTracer(NAME);
  const propagator = new W3CTraceContextPropagator();
  /** The context of an operation's span. Its calls become children of it. */
  const contexts = new WeakMap<CallLog, TraceContext>();

  return {
    begun({ traceparent, tracestate, context, operation, requestId, beganMs }) {
      if (!context || !operation) return;
      const carrier = { traceparent, tracestate };
      const parent = propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter);
      const attributes = {
        'graphql.operation.type': operation.kind,
        'graphql.operation.name': operation.name,
        'graphql.document.hash': operation.hash,
        'astria_graphql.caller': context.caller.name,
        'astria_graphql.request_id': requestId,
      };
      const name = [operation.kind, operation.name].filter(Boolean).join(' ');
      // All times of a span come from one clock.
      const options = { kind: SpanKind.SERVER, attributes, startTime: beganMs };
      const span = tracer.startSpan(name, options, parent);
      contexts.set(context.calls, trace.setSpan(parent, span));
    },
    over({ context }, { codes }) {
      const span = context && trace.getSpan(contexts.get(context.calls) ?? ROOT_CONTEXT);
      if (!span) return;
      span.setAttribute('astria_graphql.upstream_calls', context.calls.made);
      if (codes.length > 0) markFailed(span, codes);
      span.end(performance.now());
    },
    onCall({ method, route }, calls) {
      const parent = (calls && contexts.get(calls)) ?? ROOT_CONTEXT;
      const attributes = { 'http.request.method': method, 'url.template': route };
      const options = { kind: SpanKind.CLIENT, attributes };
      const span = tracer.startSpan(`${method} ${route}`, options, parent);
      const headers: Record<string, string> = {};
      propagator.inject(trace.setSpan(parent, span), headers, defaultTextMapSetter);
      return { headers, over: (outcome) => endCall(span, outcome) };
    },
  };
}

function markFailed(span: Span, codes: readonly string[]) {
  span.setAttributes({
    'error.type': codes[0],
    'astria_graphql.error_codes': [...new Set(codes)],
  });
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function endCall(span: Span, { status, error, retries }: CallOutcome) {
  if (status !== undefined) span.setAttribute('http.response.status_code', status);
  if (retries > 0) span.setAttribute('http.request.resend_count', retries);
  const isFailed = status === undefined || status >= 400;
  if (isFailed) {
    span.setAttribute('error.type', String(status ?? error ?? 'none'));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
