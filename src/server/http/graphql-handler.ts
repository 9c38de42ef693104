import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { GraphQLParams } from 'graphql-yoga';
import type { Authenticate } from '../authentication/request-context.ts';
import { sendGraphiqlPage } from '../graphiql/graphiql-page.ts';
import type { Metrics } from '../observability/metrics.ts';
import { type Admission, OVERLOADED } from '../pipeline/admission.ts';
import type { Settings } from '../settings/settings.ts';
import type { ClientAddress } from './client-address.ts';
import { createJsonFastPath, type FastPathOptions } from './json-fast-path.ts';
import { LARGE_BODY_BYTES, LargeRequests, TOO_MANY_LARGE } from './large-requests.ts';
import { accepted, mediaType } from './media-types.ts';
import { readBody } from './request-body.ts';
import { paramsInAddress, paramsInBody } from './request-params.ts';
import { type Refusal, refuse } from './responses.ts';

interface GraphQLHandlerOptions extends Omit<FastPathOptions, 'slowClientLimits'> {
  authenticate: Authenticate;
  clientAddress: ClientAddress;
  settings: Settings;
  /** Off: Yoga answers everything except subscriptions. */
  fastPath: boolean;
  admission: Admission;
  metrics: Metrics;
}

/** Checks every operation over HTTP, then runs it on the JSON fast path, or through Yoga when it is unusual. */
export function createGraphQLHandler(options: GraphQLHandlerOptions) {
  const { pipeline, authenticate, clientAddress, settings, fastPath, admission, metrics } = options;
  const large = new LargeRequests(settings.maxRequestsPerKey);
  const answerByFastPath = createJsonFastPath({ ...options, slowClientLimits: settings });

  return async (request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> => {
    const { method, headers, url = '' } = request;
    // GraphiQL's page needs no key, since a browser can't send one for a page. Its operations do.
    if (settings.graphiql && method === 'GET' && headers.accept?.includes('text/html'))
      return sendGraphiqlPage(response);
    const address = clientAddress(request);
    const credential = { header: headers.authorization, address };
    const viewer = await authenticate(credential);
    if (!viewer) return refuse(response, UNAUTHENTICATED);
    // The pipeline asks too; here a refusal costs a tenth of that, since the body is not read.
    if (admission.refuses(viewer)) {
      metrics.errors.inc({ code: OVERLOADED.code });
      return refuse(response, OVERLOADED);
    }
    if (method === 'POST' && !acceptType(request)) return refuse(response, UNSUPPORTED_TYPE);
    const accept = accepted(headers.accept);
    const { result, stream } = accept;
    if (!result && !stream) return refuse(response, NOT_ACCEPTABLE);

    // Yoga streams nothing: subscriptions are answered here, and Yoga gets operations with a single result.
    const byYoga = (body?: Buffer) => {
      headers.accept = result ?? 'application/json';
      return pipeline(
        body ? Object.assign(request, { body: Readable.from([body]) }) : request,
        response,
        requestContext,
      );
    };

    const requestContext = { viewer, requestId, address };
    const byFastPath = (params: GraphQLParams) =>
      answerByFastPath(request, response, { params, requestContext, credential, accept });
    if (method !== 'POST') {
      const params = fastPath && method === 'GET' ? paramsInAddress(url) : undefined;
      return params ? byFastPath(params) : byYoga();
    }
    const body = await readBody(request, {
      maxBytes: settings.maxBodyBytes,
      largeBytes: LARGE_BODY_BYTES,
      largeTurn: () => large.enter(viewer, response),
    });
    if (body === 'TOO_LARGE') return refuse(response, TOO_LARGE);
    if (body === 'TOO_MANY') return refuse(response, TOO_MANY_LARGE);
    const params = fastPath ? paramsInBody(body) : undefined;
    return params ? byFastPath(params) : byYoga(body);
  };
}

/** The content types that a form on another site can't send. Yoga knows only the first one. */
function acceptType({ headers }: IncomingMessage): boolean {
  const type = mediaType(headers['content-type']);
  if (type === 'application/graphql-response+json') headers['content-type'] = 'application/json';
  return type === 'application/json' || type === 'application/graphql-response+json';
}

const UNAUTHENTICATED: Refusal = {
  code: 'UNAUTHENTICATED',
  message: 'A valid API key is needed: send it as "Authorization: Bearer <API key>".',
  headers: { 'WWW-Authenticate': 'Bearer' },
};

const UNSUPPORTED_TYPE: Refusal = {
  code: 'UNSUPPORTED_MEDIA_TYPE',
  message: 'Send the operation as JSON, with "Content-Type: application/json".',
};

const NOT_ACCEPTABLE: Refusal = {
  code: 'NOT_ACCEPTABLE',
  message:
    'Answers are "application/graphql-response+json" or "application/json", and "text/event-stream" of subscriptions: accept one of them.',
};

const TOO_LARGE: Refusal = {
  code: 'REQUEST_ENTITY_TOO_LARGE',
  message: 'Request body too large',
};
