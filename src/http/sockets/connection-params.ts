import type { IncomingMessage } from 'node:http';
import { badRequest } from '../../graphql/errors.ts';
import type { Sender } from '../admission.ts';

/** The headers that a browser cannot set on a WebSocket. */
const STAND_INS = ['Authorization', 'X-Workspace-Id', 'X-Upstream-Report'];

/** Returns the sender, with `connectionParams` in the place of headers. A client that can send headers may use those. */
export function senderOf(
  { socket, headers }: IncomingMessage,
  params: Record<string, unknown> = {},
): Sender {
  const given = Object.fromEntries(
    STAND_INS.flatMap((name) => {
      const value = textOf(name, params);
      return value === undefined ? [] : [[name.toLowerCase(), value]];
    }),
  );
  return { socket, headers: { ...headers, ...given } };
}

function textOf(name: string, params: Record<string, unknown>): string | undefined {
  const key = Object.keys(params).find((one) => one.toLowerCase() === name.toLowerCase());
  const value = key === undefined ? undefined : params[key];
  if (value === undefined || value === null) return undefined;
  // The id of a workspace may be written as a number.
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw badRequest(`\`${name}\` of \`connectionParams\` must be a text.`);
}
