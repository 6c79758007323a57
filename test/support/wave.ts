/** Holds 80 MB outside of the heap, as a hundred operations under way do. */
import { setTimeout as sleep } from 'node:timers/promises';
import { tuneHeap } from '../../src/heap.ts';

const [BUFFERS, BYTES] = [800, 100_000];
const LIVING = 200_000;
const MARKED_MS = 300;

tuneHeap();
// Some 20 MB, as much as the gateway itself is.
const living = Array.from({ length: LIVING }, (_, index) => ({ text: `${index}` }));
globalThis.gc?.();
console.log('begun');
const held = Array.from({ length: BUFFERS }, () => new ArrayBuffer(BYTES));
await sleep(MARKED_MS);
console.log(`${living.length} and ${held.length} held`);
