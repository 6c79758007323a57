import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from '../config.ts';
import { errorForLog } from './log-errors.ts';

/** Lines are gathered, and written when there are this many characters of them or this much time is over. */
const GATHERED_CHARACTERS = 8192;
const GATHERED_MS = 100;

/** JSON lines, in which no error tells more than `errorForLog` lets it. */
export const createLog = (level: LogLevel, to: DestinationStream): Logger =>
  pino({ level, serializers: { err: errorForLog } }, to);

/** Never waited for, and flushed when the process exits. */
export const standardOutput = (): DestinationStream =>
  pino.destination({
    dest: 1,
    sync: false,
    minLength: GATHERED_CHARACTERS,
    periodicFlush: GATHERED_MS,
  });
