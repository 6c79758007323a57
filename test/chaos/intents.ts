/** What a client wants made, once: known by a text of its own, by which it is counted at Astria afterwards. */
import type { Random } from '../../src/emulator/random.ts';
import type { Party } from './parties.ts';

/** `left`: the client went before there was an answer. `refused`: it was told that nothing was done. */
type Fate = 'done' | 'unknown' | 'refused' | 'left';

export interface Try {
  fate: Fate;
  /** Epoch milliseconds. */
  endedAt: number;
  /** Of what was made, by the answer. */
  id?: number;
  code?: string;
  message?: string;
  /** The answer was lost, and the object found again. */
  wasFound?: boolean;
}

export interface Intent {
  mark: string;
  way: Way;
  party: Party;
  /** The idempotency key. */
  key: string | undefined;
  input: object;
  /** In the order in which they ended. */
  tries: Try[];
}

export interface Way {
  field: string;
  makes: 'tune' | 'prompt';
  isUpload?: boolean;
  /** `original`: makes a prompt to be copied, one for each: of two copies of one original, nobody knows whose is whose. */
  input(mark: string, original: () => number): object;
}

const FLUX = 1504944;
const PHOTO = 'https://photos.example/1.jpg';
const tune = (mark: string) => ({ title: mark, name: 'woman' });

const WAYS: readonly Way[] = [
  {
    field: 'createPrompt',
    makes: 'prompt',
    input: (mark) => ({ tuneId: FLUX, text: mark, numImages: 1 }),
  },
  {
    field: 'generateWithGemini',
    makes: 'prompt',
    input: (mark) => ({ text: mark, aspectRatio: '1:1' }),
  },
  {
    field: 'duplicatePrompt',
    makes: 'prompt',
    input: (mark, original) => ({ id: original(), overrides: { text: mark } }),
  },
  {
    field: 'createTune',
    makes: 'tune',
    input: (mark) => ({ ...tune(mark), imageUrls: [PHOTO] }),
  },
  {
    field: 'createTune',
    makes: 'tune',
    isUpload: true,
    input: (mark) => ({ ...tune(mark), images: [{ file: null }, { file: null }] }),
  },
  {
    field: 'runPack',
    makes: 'tune',
    input: (mark) => ({ id: 'corporate-headshots', ...tune(mark), images: [{ url: PHOTO }] }),
  },
];

export function documentOf({ field, makes }: Way) {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const text = makes === 'tune' ? 'title' : 'text';
  return `mutation Paid($input: ${type}!) {
    ${field}(input: $input) { ${makes} { astriaId ${text} } warnings { code } }
  }`;
}

/** Three of four have a key. */
export function newIntent(random: Random, party: Party, number: number): Intent {
  const mark = `wish ${number} of ${party.name}`;
  const key = random.below(4) > 0 ? `key of ${mark}` : undefined;
  // It tells nobody where its tune has come to be, so who is bound to a workspace cannot be told its title.
  const ways = party.isBound ? WAYS.filter(({ field }) => field !== 'runPack') : WAYS;
  const way = random.pick(ways);
  const input = { ...way.input(mark, party.newOriginal), ...(key && { idempotencyKey: key }) };
  return { mark, way, party, key, input, tries: [] };
}
