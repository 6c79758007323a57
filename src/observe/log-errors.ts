/**
 * What a log may contain of an error: its type, its origin, and the shape of Astria's answer. Never a value of an answer, which
 * may be a signed address or a callback with a secret in its query, and never a property that other code has put on an error.
 */

import { AnsweredWithFailure, OutOfContract } from '../upstream/errors.ts';
import { withoutSecrets } from './secrets.ts';

export interface LoggedError {
  type: string;
  message: string;
  stack: string | undefined;
  code?: string;
  /** The status of Astria's answer. */
  status?: number;
  body?: unknown;
  cause?: LoggedError;
}

/** The longest message, stack or field name. */
const MAX_CHARACTERS = 10_000;
const MAX_NAME = 200;

const told = (text: string, most = MAX_CHARACTERS) => withoutSecrets(text.slice(0, most));

/** The most causes that are followed: an error may be its own cause. */
const MAX_CAUSES = 5;

export function errorForLog(thrown: unknown, depth = 0): LoggedError {
  if (!(thrown instanceof Error)) {
    return { type: typeof thrown, message: told(String(thrown)), stack: undefined };
  }
  const { code, cause } = thrown as NodeJS.ErrnoException;
  return {
    type: thrown.constructor.name,
    message: told(thrown.message),
    stack: thrown.stack && told(thrown.stack),
    ...(typeof code === 'string' && { code }),
    ...answerOf(thrown),
    ...(cause instanceof Error && depth < MAX_CAUSES && { cause: errorForLog(cause, depth + 1) }),
  };
}

function answerOf(error: Error) {
  if (error instanceof OutOfContract) {
    return { status: error.status, body: shapeOfText(error.body) };
  }
  if (error instanceof AnsweredWithFailure) {
    return { status: error.status, body: shapeOf(error.body) };
  }
  return undefined;
}

/** Describes a body, or the beginning of one. */
function shapeOfText(text: string): unknown {
  try {
    return shapeOf(JSON.parse(text));
  } catch {
    const looks = /^\s*</.test(text) ? 'markup' : /^\s*[[{]/.test(text) ? 'JSON, cut off' : 'text';
    return `${looks}, ${text.length} characters`;
  }
}

const MAX_DEPTH = 6;
const MAX_KEYS = 100;

/** Describes names and types. A list is described by its first element. */
function shapeOf(value: unknown, depth = 0): unknown {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  if (depth === MAX_DEPTH) return 'more';
  if (Array.isArray(value)) {
    return value.length === 0 ? [] : [shapeOf(value[0], depth + 1), `${value.length} in all`];
  }
  const fields = Object.entries(value).slice(0, MAX_KEYS);
  return Object.fromEntries(
    fields.map(([name, field]) => [told(name, MAX_NAME), shapeOf(field, depth + 1)]),
  );
}
