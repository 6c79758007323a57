/** What the receiver of a webhook is told of a job. */
import { hash } from 'node:crypto';
import * as z from 'zod';
import { statusOfPrompt } from '../../entities/prompt/status.ts';
import { statusOfTune } from '../../entities/tune/status.ts';
import { globalId } from '../../graphql/ids.ts';
import type { JobRow } from '../job.ts';
import type { JobEnd, Sighting } from '../sighting.ts';

/** The body of a message, as Standard Webhooks has it. */
export const Message = z.object({
  /** The kind of the job and its end: `prompt.finished`. */
  type: z.string(),
  /** When the end was seen. */
  timestamp: z.iso.datetime(),
  data: z.object({ id: z.string(), astriaId: z.number(), status: z.string().nullable() }),
});
export type Message = z.infer<typeof Message>;

export function messageOf({ job, row }: Sighting, end: JobEnd, now: number): Message {
  return {
    type: `${job.kind}.${end}`.toLowerCase(),
    timestamp: new Date(now).toISOString(),
    data: { id: globalId(job.kind, job.id), astriaId: job.id, status: statusOf(row, now) },
  };
}

function statusOf(row: JobRow | null, now: number) {
  if (!row) return null;
  return row.__typename === 'Prompt' ? statusOfPrompt(row) : statusOfTune(row, now);
}

/** Returns the `webhook-id`. It is the same each time the message is sent, and for no other one. */
export const messageId = ({ id, since }: { id: string; since: number }) =>
  `msg_${hash('sha256', `${id} ${since}`).slice(0, 32)}`;
