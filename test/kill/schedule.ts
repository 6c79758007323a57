/** Which gateway is killed where: every step with every mutation, in an order by the seed. */
import { seededRandom } from '../../src/emulator/random.ts';
import { MUTATIONS, type Mutation, markOf } from './mutations.ts';
import { isFor, STEPS, type StepName } from './steps.ts';
import { TWINS, type Twins } from './twins.ts';

export interface Planned {
  mutation: Mutation;
  step: StepName;
  twins: Twins;
  mark: string;
  random(): number;
}

const ALL = Object.keys(STEPS) as StepName[];

/**
 * Where it is sent and never made, or late, what a stranger has made meanwhile that is equal in every field cannot be told
 * from it by anybody: that is known, and not tried.
 */
const isSurelyMade = (step: StepName) => !MAYBE_NOT_MADE.includes(step);

const MAYBE_NOT_MADE: readonly StepName[] = [
  'sent is recorded, Astria has read nothing',
  'Astria has it, and never acts',
  'Astria has it, and acts afterwards',
  'at any time',
];

/** All steps in turn, so that few rounds are enough to have each once. */
export function schedule(rounds: number, seed: number, steps = ALL): Planned[] {
  const { below } = seededRandom(seed);
  const shuffled = <T>(list: readonly T[]) =>
    list
      .map((item) => ({ item, at: below(2 ** 30) }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  const byStep = steps.map((step) => ({
    step,
    mutations: shuffled(MUTATIONS.filter((mutation) => isFor(step, mutation))),
  }));
  return Array.from({ length: rounds }, (_, round) => {
    const { step, mutations } = byStep[round % byStep.length] as (typeof byStep)[number];
    const mutation = mutations[Math.floor(round / byStep.length) % mutations.length] as Mutation;
    const chance = seededRandom(seed + round + 1);
    const random = () => chance.below(2 ** 30) / 2 ** 30;
    const others = TWINS.filter((twins) => twins !== 'equal' || isSurelyMade(step));
    const twins = others[Math.floor(random() * others.length)] as Twins;
    return { mutation, step, twins, mark: markOf(round), random };
  });
}
