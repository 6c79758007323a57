import type { Logger as PinoLogger } from 'pino';
import type { LogLevel } from '../config.ts';
import { createLog } from '../observe/log.ts';

/** Takes what the gateway logs. pino, Fastify's `log` and the console are such loggers. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** From this of pino's levels on, the method of that name is called. */
const METHODS = [
  [50, 'error'],
  [40, 'warn'],
  [30, 'info'],
  [0, 'debug'],
] as const;

export const NO_LOGGER =
  'logger must be an object with the methods debug, info, warn and error, such as pino or the console; leave it out for no log';

/** Returns whether the logger of a program has all methods that are called. */
export const isLogger = (logger: object) =>
  METHODS.every(([, method]) => typeof (logger as Partial<Logger>)[method] === 'function');

/**
 * Returns the log of an embedded gateway. The lines are made by our own pino, so that no logger gets more of an error than
 * `errorForLog` lets through.
 */
export function logTo(logger: Logger | undefined, level: LogLevel): PinoLogger {
  if (!logger) return createLog('silent', { write: () => {} });
  return createLog(level, {
    write(line) {
      const { level, time: _, pid: __, hostname: ___, msg, ...fields } = JSON.parse(line);
      const [, method] = METHODS.find(([from]) => level >= from) as (typeof METHODS)[number];
      logger[method](fields, msg);
    },
  });
}
