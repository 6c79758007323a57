/** The same numbers at every start: what is seeded can be named in a test, a bug report or a screenshot. */
export interface Random {
  /** A whole number from 0 to below `end`. */
  below(end: number): number;
  pick<Value>(list: readonly Value[]): Value;
}

/** mulberry32. */
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

/** Rising, with gaps of changing width, as ids are that others count up too. */
export function idsBetween(random: Random, range: [first: number, last: number], count: number) {
  const [first, last] = range;
  const step = (last - first) / count;
  return Array.from({ length: count }, (_, index) =>
    Math.floor(first + index * step + random.below(Math.floor(step))),
  );
}
