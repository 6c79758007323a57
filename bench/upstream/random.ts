/** Rows that look like an account's, and are the same at every start. */

export interface Random {
  /** A whole number from 0, below `end`. */
  below(end: number): number;
  pick<Item>(items: readonly Item[]): Item;
  shuffled<Item>(items: readonly Item[]): Item[];
  /** Ids go down in steps of one to `longest`: other accounts count up the same numbers. */
  idsBelow(newest: number, count: number, longest: number): number[];
}

export const range = (count: number) => Array.from({ length: count }, (_, index) => index);

export function randomFrom(seed: number): Random {
  const below = mulberry32(seed);
  return {
    below,
    pick: <Item>(items: readonly Item[]) => items[below(items.length)] as Item,
    shuffled: (items) =>
      items
        .map((item) => ({ item, place: below(2 ** 32) }))
        .sort((a, b) => a.place - b.place)
        .map(({ item }) => item),
    idsBelow(newest, count, longest) {
      let id = newest + 1;
      return range(count).map(() => {
        id -= 1 + below(longest);
        return id;
      });
    },
  };
}

function mulberry32(seed: number) {
  let state = seed;
  return (end: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * end);
  };
}
