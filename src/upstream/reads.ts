/** Reads: identical ones in flight are one call, and one that was made before is revalidated. */
import type * as z from 'zod';
import type { Asking, Call } from './call.ts';
import type { Interpret } from './interpret.ts';
import { ReadMemory, type Remembered } from './read-memory.ts';
import { isLate, type Reading, waitFor } from './reading.ts';
import { SingleFlight } from './single-flight.ts';
import type { AstriaAnswer, Errand, Sake } from './transport/errand.ts';

interface ReadsDeps {
  send(call: Call<z.ZodType>, errand: Errand, sake: Sake): Promise<AstriaAnswer>;
  interpret: Interpret;
  /** The number of completed writes. A read does not join one that began before the last write. */
  writes(): number;
  timeoutMs: number;
}

export function createReads({ send, interpret, writes, timeoutMs }: ReadsDeps) {
  const reads = new SingleFlight<Reading>();
  const memory = new ReadMemory();

  /** Makes one call for identical reads of the same caller that are in flight at the same time. */
  function share(call: Call<z.ZodType>, errand: Errand, asking: Asking & { spentMs?: number }) {
    const { calls, spentMs } = asking;
    const { name, path, headers } = errand;
    const { authorization = '', 'x-workspace-id': workspace = '' } = headers;
    const key = `${authorization}\n${workspace}\n${path}`;
    let isMine = false;
    const seat = reads.join(`${writes()}\n${key}`, (signal) => {
      isMine = true;
      // Counted here, so that an operation without budget starts nothing that others could join.
      const entry = calls?.begin(name);
      return readAnew(call, errand, { key, sake: { signal, calls, entry, spentMs } });
    });
    const entry = isMine ? undefined : calls?.join(name);
    return { isMine, answer: waitFor(seat, { name, caller: asking.signal, share: entry }) };
  }

  /** Sends a conditional request if the last answer is cached. If nothing has changed, nothing is parsed or checked. */
  async function readAnew(
    call: Call<z.ZodType>,
    errand: Errand,
    { key, sake }: { key: string; sake: Sake },
  ): Promise<Reading> {
    const known = memory.get(key);
    const asked = known ? conditional(errand, known.etag) : errand;
    const answer = await send(call, asked, sake);
    const { status } = answer;
    if (known && isStill(known, answer)) {
      if (sake.entry) sake.calls?.markUnchanged(sake.entry);
      return { status, value: known.value };
    }
    const value = interpret(call, answer);
    const { etag } = answer.headers;
    if (typeof etag === 'string') memory.note(key, { etag, body: answer.body, value });
    return { status, value };
  }

  return function read(call: Call<z.ZodType>, errand: Errand, asking: Asking): Promise<unknown> {
    const startedAt = performance.now();
    const first = share(call, errand, asking);
    return first.isMine ? first.answer : first.answer.catch(again);

    /** Retries a read that a late joiner shared and that ran out of the first one's time. */
    function again(error: unknown) {
      const spentMs = performance.now() - startedAt;
      if (!isLate(error) || spentMs >= timeoutMs) throw error;
      return share(call, errand, { ...asking, spentMs }).answer;
    }
  };
}

const conditional = (errand: Errand, etag: string): Errand => ({
  ...errand,
  headers: { ...errand.headers, 'if-none-match': etag },
});

const isStill = (known: Remembered, { status, body }: AstriaAnswer) =>
  status === 304 || (status === 200 && body.equals(known.body));
