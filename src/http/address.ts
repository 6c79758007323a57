import type { IncomingMessage } from 'node:http';
import { badRequest } from '../graphql/errors.ts';

/** Yoga takes it that there is one, and answers with a stack where there is not: `GET *`, or a `Host` that nobody can have. */
export function checkAddress({ url = '', headers: { host = 'localhost' } }: IncomingMessage) {
  if (URL.canParse(`http://${host}${url}`)) return;
  const error = badRequest('The path, or the header `Host`, is none: ask for `/graphql`.');
  error.extensions.http = { status: 400 };
  throw error;
}
