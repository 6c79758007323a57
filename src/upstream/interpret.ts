import type * as z from 'zod';
import { type Call, nameOf } from './call.ts';
import { decode } from './contract/decode.ts';
import type { DriftWatch } from './contract/drift.ts';
import { AnsweredWithFailure, OutOfContract } from './errors.ts';
import { jsonIn } from './json.ts';
import type { NewestIds } from './newest-ids.ts';
import type { AstriaAnswer } from './transport/errand.ts';
import { retryAfterMs } from './transport/retry.ts';

export type Interpret = <Schema extends z.ZodType>(
  call: Call<Schema>,
  answer: AstriaAnswer,
) => z.output<Schema>;

/** Reads an answer by the schema of its call. Throws if it is a failure, or not what the contract says. */
export const createInterpret =
  ({ drift, newestIds }: { drift: DriftWatch | undefined; newestIds: NewestIds }): Interpret =>
  (call, answer) => {
    const name = nameOf(call);
    const { status, isCut } = answer;
    const body = jsonIn(answer.body);
    if (status < 200 || status > 299) {
      const failure = { status, body, retryAfterMs: retryAfterMs(answer), isCut };
      throw new AnsweredWithFailure(name, failure, call);
    }
    if (isCut) throw new OutOfContract(name, 'before it had all of the files', answer);
    if (drift?.isDue(name)) drift.look(name, call.response, body);
    const decoded = decode(call.response, body);
    if (!decoded.ok) throw new OutOfContract(name, decoded.detail, answer);
    for (const field of decoded.drift) drift?.note(name, field);
    newestIds.note(name.route, decoded.value);
    return decoded.value;
  };
