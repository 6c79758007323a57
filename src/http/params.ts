/** Reads the parameters of an operation from the query string of a GET or the body of a POST. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { failure } from '../graphql/errors.ts';
import { checkForm, checkValues } from './body-shape.ts';
import type { Incoming } from './incoming.ts';
import { membersOf } from './members.ts';

type Given = Incoming['params'];

const JSON_TYPES = ['application/json', 'application/graphql+json'];
const FORM = 'application/x-www-form-urlencoded';
const GRAPHQL = 'application/graphql';
const MULTIPART = 'multipart/form-data';

/** Returns the media type of a body without its parameters, such as charset or boundary. */
export const contentTypeOf = ({ headers }: Pick<IncomingMessage, 'headers'>) =>
  headers['content-type']?.split(/[;,]/, 1)[0]?.trim().toLowerCase();

export const isJson = (contentType: string) => JSON_TYPES.includes(contentType);
/** Returns whether a browser sends this type for any page, without a preflight. */
export const isForm = (contentType: string) => [FORM, GRAPHQL, MULTIPART].includes(contentType);
export const isUpload = (request: IncomingMessage) =>
  request.method === 'POST' && contentTypeOf(request) === MULTIPART;

/** The last part of a graph's path. The subgraph is for routers, which compose it with others. */
export type GraphName = 'graphql' | 'subgraph';

/**
 * Returns which graph is at the path, with any prefix that a proxy may have added. Only this decides: yoga takes every path.
 */
export const graphNameOf = ({ url = '' }: IncomingMessage) =>
  ENDPOINT.exec(pathOf(url))?.[1] as GraphName | undefined;

export const isForGraph = (request: IncomingMessage) => graphNameOf(request) !== undefined;

/** Returns what is told of a path at which no graph is served. */
export function nothingAt(request: IncomingMessage): string {
  if (graphNameOf(request) === 'subgraph') return SUBGRAPH_OFF;
  return isForMcp(request) ? MCP_OFF : NOTHING_HERE;
}

const NOTHING_HERE = 'There is nothing at this path: the graph is at `/graphql`.';
const SUBGRAPH_OFF =
  'There is no subgraph at this path: the operator serves one with SUBGRAPH=on. The graph is at `/graphql`.';
const MCP_OFF =
  'There is no MCP at this path: the operator serves it with MCP=on. The graph is at `/graphql`.';

const ENDPOINT = /\/(graphql|subgraph)\/?$/;
const MCP_ENDPOINT = /\/mcp\/?$/;

/** Returns whether the path is that of the Model Context Protocol, with any prefix that a proxy may have added. */
export const isForMcp = ({ url = '' }: IncomingMessage) => MCP_ENDPOINT.test(pathOf(url));

/** Returns the address without its query. */
const pathOf = (url: string) => url.split('?', 1)[0] as string;

/** Returns whether the method carries an operation. yoga refuses other methods. */
export const isQuestion = ({ method }: IncomingMessage) => method === 'GET' || method === 'POST';

type ReadParams = Pick<Incoming, 'params' | 'asked'>;

/** Reads the parameters of a request that is no upload. Throws if the body does not have its type, or has too many values. */
export function askedIn(request: IncomingMessage, body: Buffer): ReadParams {
  if (isUpload(request)) return {};
  return request.method === 'GET' ? askedByAddress(request) : askedByBody(request, body);
}

function askedByAddress({ url = '' }: IncomingMessage): ReadParams {
  const search = url.slice(pathOf(url).length);
  return { params: paramsOfSearch(search), asked: `GET\n${search}` };
}

function askedByBody(request: IncomingMessage, body: Buffer): ReadParams {
  const contentType = contentTypeOf(request);
  const isOther = contentType === FORM || contentType === GRAPHQL;
  if (isOther) checkForm(body);
  else checkValues(body);
  if (!isUtf8(body)) throw malformed('The body is not UTF-8: send it in that.');
  const text = body.toString();
  const asked = `${contentType}\n${text}`;
  if (contentType === GRAPHQL) return { params: { query: text }, asked };
  return { params: isOther ? paramsOfSearch(text) : paramsOfJson(text), asked };
}

function paramsOfSearch(text: string): Given {
  const search = new URLSearchParams(text);
  if (isBroken(search, text)) throw malformed('What is sent is not UTF-8: encode it in that.');
  const given = (name: string) => search.get(name) || undefined;
  const parsed = (name: string) => {
    const value = given(name);
    return value && parse(value, `\`${name}\` is not valid JSON: send an object.`);
  };
  return {
    operationName: given('operationName'),
    query: given('query'),
    documentId: given('documentId'),
    variables: parsed('variables'),
    extensions: parsed('extensions'),
  };
}

/** Invalid UTF-8 in a query string becomes a replacement character, which may also have been sent as such. */
const isBroken = (search: URLSearchParams, text: string) =>
  search.toString().includes('%EF%BF%BD') && !/\uFFFD|%EF%BF%BD/i.test(text);

const BYTE_ORDER_MARK = /^\uFEFF/;

function paramsOfJson(text: string): Given {
  const params = parse(text.replace(BYTE_ORDER_MARK, ''), 'POST body sent invalid JSON.');
  if (params === null || typeof params !== 'object') {
    const found = params === null ? 'null' : typeof params;
    throw malformed(`POST body is expected to be object but received ${found}`);
  }
  return Array.isArray(params) ? params.map(membersOf) : membersOf(params);
}

function parse(text: string, fault: string) {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed(fault);
  }
}

/** The status is 400 for all media types, because there was no operation. */
export const malformed = (message: string) =>
  failure('BAD_REQUEST', message, { http: { status: 400 } });
