/** What must hold, wherever the gateway was killed. */
import type { Told } from './client.ts';
import { madeBy } from './mutations.ts';
import type { Death, Outcome } from './round.ts';

/** Where it was, by what the ledger and the door had seen of it when it was dead. */
export function placeOf({ state, posts, told }: Death): string {
  const [post] = posts;
  if (!state) return told ? 'told of a refusal' : 'nothing recorded';
  if (state === 'done') return told ? 'done, and told' : 'done, not told';
  if (state === 'unknown') return 'UNKNOWN told, looked for on';
  if (!post) return state === 'begun' ? 'begun, not sent' : 'sent, nothing read by Astria';
  if (!post.wasSentOn) return 'sent, Astria has not acted';
  if (post.told === 'nothing') return 'acted, not answered, or the answer lost';
  if (post.told === 'another answer') return 'acted, answered with 504, looked for';
  return post.told === 'half' ? 'acted, half of the answer' : 'answered, not recorded';
}

export interface Verdict {
  /** What the client has in the end. */
  end: 'its object' | 'UNKNOWN';
  wasSentAgain: boolean;
  offences: string[];
}

export function judge({ round, death, told, posts }: Outcome): Verdict {
  const made = told.flatMap((each) => (each.kind === 'made' ? [each.what] : []));
  const own = posts().flatMap(({ answer }) =>
    answer && answer.status < 300 ? [madeBy(answer.body)] : [],
  );
  const isUnsent = (!death.state || death.state === 'begun') && death.posts.length === 0;
  const faults: (string | false)[] = [
    posts().length > 1 && `reached Astria ${posts().length} times`,
    (!death.state || death.state === 'begun') &&
      death.posts.length > 0 &&
      `was sent before that was recorded (${death.state})`,
    ...made.map((what) => !own.includes(what) && `was answered with ${what}, not its own (${own})`),
    new Set(made).size > 1 && `was answered with ${[...new Set(made)]}`,
    ...told.map((each) => isOdd(each) && `was answered with ${JSON.stringify(each)}`),
    wasForgotten(told) && 'was UNKNOWN after its object had been told',
    isUnsent && made.length !== told.length && 'was not sent, and is UNKNOWN',
    isUnsent && posts().length !== 1 && 'was not sent on asking again',
    made.length === 0 && isFindable({ round, posts }) && 'was not found, though it was there',
  ];
  const { mutation, mark } = round.order;
  const where = `${mutation.name} ${mark}, ${round.step}, ${placeOf(death)}, ${round.twins} twins:`;
  return {
    end: made.length > 0 ? 'its object' : 'UNKNOWN',
    wasSentAgain: isUnsent && posts().length === 1,
    offences: [...new Set(faults.filter((each) => each !== false))].map(
      (fault) => `${where} ${fault}`,
    ),
  };
}

const isOdd = ({ kind }: Told) => kind === 'else' || kind === 'nothing';

function wasForgotten(told: readonly Told[]) {
  const first = told.findIndex(({ kind }) => kind === 'made');
  return first >= 0 && told.slice(first).some(({ kind }) => kind === 'UNKNOWN');
}

const isFindable = (outcome: Pick<Outcome, 'round' | 'posts'>) =>
  whyNotFound(outcome) === undefined;

/** Undefined where it has to be. Of two that are lost with equal words neither is, nor of two of which one is a stranger's. */
export function whyNotFound({ round, posts }: Pick<Outcome, 'round' | 'posts'>) {
  if (!posts().some(({ answer }) => answer && answer.status < 300)) return 'Astria never acted';
  if (!round.order.mutation.isSought) return 'it leaves nothing to be known by';
  if (round.twins === 'lost') return 'lost together with an equal one';
  return round.twins === 'equal' ? 'equal to what a stranger made then' : undefined;
}
