/**
 * Pseudo-random numbers. One seed gives the same numbers at every start, so that seeded rows can be named in tests, bug reports
 * and screenshots.
 */
export interface Random {
  /** Returns a whole number from 0 to below `end`. */
  below(end: number): number;
  pick<Value>(list: readonly Value[]): Value;
}

/** Returns a generator that uses the algorithm mulberry32. */
export function seededRandom(seed: number): Random {
  let state = seed;
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * end);
  };
  return {
    below,
    pick<Value>(list: readonly Value[]): Value {
      if (list.length === 0) throw new Error('Nothing to pick from');
      return list[below(list.length)] as Value;
    },
  };
}

/** Returns rising ids with irregular gaps, as if other accounts took the ids in between. */
export function idsBetween(random: Random, range: [first: number, last: number], count: number) {
  const [first, last] = range;
  const step = (last - first) / count;
  return Array.from({ length: count }, (_, index) =>
    Math.floor(first + index * step + random.below(Math.floor(step))),
  );
}
