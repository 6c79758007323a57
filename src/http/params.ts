/** What is asked, read from the address of a GET or the body of a POST. */
import type { IncomingMessage } from 'node:http';
import { failure } from '../graphql/errors.ts';
import { checkBatch } from './batch-limits.ts';
import { checkForm, checkValues } from './body-shape.ts';
import type { Incoming } from './incoming.ts';

type Params = Incoming['params'];

const JSON_TYPES = ['application/json', 'application/graphql+json'];
const FORM = 'application/x-www-form-urlencoded';
const GRAPHQL = 'application/graphql';
const MULTIPART = 'multipart/form-data';

/** The media type of a body, without its parameters, which name a charset or a boundary. */
export const contentTypeOf = ({ headers }: Pick<IncomingMessage, 'headers'>) =>
  headers['content-type']?.split(/[;,]/, 1)[0]?.trim().toLowerCase();

export const isJson = (contentType: string) => JSON_TYPES.includes(contentType);
/** What a browser sends for any page, without asking first. */
export const isForm = (contentType: string) => [FORM, GRAPHQL, MULTIPART].includes(contentType);
export const isUpload = (request: Pick<IncomingMessage, 'headers'>) =>
  contentTypeOf(request) === MULTIPART;

/** Below any path: a proxy may have put one in front. */
export const isForGraph = ({ url = '' }: IncomingMessage) =>
  /\/graphql\/?$/.test(url.split('?', 1)[0] as string);

/** Whether it asks something of the graph; other methods are yoga's to refuse. */
export const isQuestion = (request: IncomingMessage) =>
  isForGraph(request) && (request.method === 'GET' || request.method === 'POST');

export function paramsOfAddress({ url = '' }: IncomingMessage): Params {
  const start = url.indexOf('?');
  return paramsOfSearch(new URLSearchParams(start < 0 ? '' : url.slice(start)));
}

/** Throws where the body is not what its type says, or holds too much. */
export function paramsOfBody(request: IncomingMessage, body: Buffer): Params {
  const contentType = contentTypeOf(request);
  if (contentType !== FORM && contentType !== GRAPHQL) return paramsOfJson(body);
  checkForm(body);
  const text = body.toString();
  return contentType === GRAPHQL ? { query: text } : paramsOfSearch(new URLSearchParams(text));
}

function paramsOfSearch(search: URLSearchParams): Params {
  const given = (name: string) => search.get(name) || undefined;
  const [variables, extensions] = [given('variables'), given('extensions')];
  return {
    operationName: given('operationName'),
    query: given('query'),
    variables: variables && JSON.parse(variables),
    extensions: extensions && JSON.parse(extensions),
  };
}

const BYTE_ORDER_MARK = /^\uFEFF/;

function paramsOfJson(body: Buffer): Params {
  checkValues(body);
  const params = parse(body.toString().replace(BYTE_ORDER_MARK, ''));
  if (params === null || typeof params !== 'object') {
    const found = params === null ? 'null' : typeof params;
    throw malformed(`POST body is expected to be object but received ${found}`);
  }
  if (Array.isArray(params)) checkBatch(params);
  return params;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('POST body sent invalid JSON.');
  }
}

/** Whatever the client accepts: nothing of it was an operation. */
const malformed = (message: string) => failure('BAD_REQUEST', message, { http: { status: 400 } });
