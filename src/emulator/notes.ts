import type { World } from './store.ts';

/** Somebody may make up names for ever. */
const MOST_NOTES = 1000;
const LONGEST_NAME = 100;

/** Tells whoever runs the emulator what it does with something, once. */
export function tellOnce({ noted, report }: World, what: string, told: (name: string) => string) {
  const name = JSON.stringify(what.slice(0, LONGEST_NAME));
  if (noted.has(name) || noted.size >= MOST_NOTES) return;
  noted.add(name);
  report(told(name));
}
