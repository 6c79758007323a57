import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from '../config.ts';
import { errorForLog } from './log-errors.ts';

/** Lines are buffered, and written at this many characters or after this time. */
const GATHERED_CHARACTERS = 8192;
const GATHERED_MS = 100;

/** Creates a log of JSON lines. Errors go through `errorForLog`. */
export const createLog = (level: LogLevel, to: DestinationStream): Logger =>
  pino({ level, serializers: { err: errorForLog } }, to);

/** Writes asynchronously, and flushes when the process exits. */
export const standardOutput = (): DestinationStream =>
  pino.destination({
    dest: 1,
    sync: false,
    minLength: GATHERED_CHARACTERS,
    periodicFlush: GATHERED_MS,
  });
