/** `wave.ts 20 80`: with 20 MB that live in the heap it holds 80 outside of it, as operations under way do. */
import { setTimeout as sleep } from 'node:timers/promises';
import { tuneHeap } from '../../src/heap.ts';

const [livingMb = 0, heldMb = 0] = process.argv.slice(2).map(Number);
const [OBJECTS_PER_MB, BUFFERS_PER_MB] = [14_000, 10];
const SEEN_MS = 300;

tuneHeap();
const living = Array.from({ length: livingMb * OBJECTS_PER_MB }, (_, index) => ({
  text: `${index}`,
}));
// What the first round finds counts from the second on.
globalThis.gc?.();
await sleep(SEEN_MS);
globalThis.gc?.();
await sleep(SEEN_MS);
console.log('begun');
const held = Array.from(
  { length: heldMb * BUFFERS_PER_MB },
  () => new ArrayBuffer(1e6 / BUFFERS_PER_MB),
);
await sleep(SEEN_MS);
console.log(`${living.length} and ${held.length} held`);
