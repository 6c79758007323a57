import type { Outbox, OutboxItem } from './outbox.ts';
import { AFTER, LEAD, NOTE, REMOVE, RESIGN } from './redis-outbox-scripts.ts';

type Evaluate = (script: string, ...args: (string | number)[]) => Promise<unknown>;

/** `evaluate` runs a script, and throws `LedgerFailed` if it cannot. */
export const createRedisOutbox = (evaluate: Evaluate): Outbox => ({
  lead: async (process) => (await evaluate(LEAD, process)) === 1,
  async resign(process) {
    await evaluate(RESIGN, process);
  },
  async after(seq, limit) {
    const values = (await evaluate(AFTER, seq, limit)) as string[];
    return Array.from({ length: values.length / FIELDS }, (_, index) =>
      itemOf(values.slice(index * FIELDS, (index + 1) * FIELDS)),
    );
  },
  async note(id, state) {
    await evaluate(NOTE, id, state);
  },
  async remove(id) {
    await evaluate(REMOVE, id);
  },
});

const FIELDS = 7;

function itemOf([seq, id = '', caller = '', place, object = '', since, state]: string[]) {
  const item: OutboxItem = {
    ...{ id, seq: Number(seq), caller, place: place || null, object },
    ...{ since: Number(since), state: state || null },
  };
  return item;
}
