/** Prints how many bytes of its garbage V8 still carries, after what was made at the same place has outlived many rounds. */
import { tuneHeap } from '../../src/heap.ts';

const ROUNDS = 300;
const [OBJECTS, BYTES] = [500, 10_000];

tuneHeap();
const collect = (type: 'minor' | 'major') => globalThis.gc?.({ type, execution: 'sync' });
const make = (bytes: number) => ({ bytes, held: new ArrayBuffer(bytes) });
let alive: object[] = [];

for (let round = 0; round < ROUNDS; round++) {
  alive = [];
  for (let index = 0; index < OBJECTS; index++) alive.push(make(BYTES));
  collect('minor');
  collect('minor');
}
alive = [];
collect('major');
for (let index = 0; index < 4 * OBJECTS; index++) make(BYTES);
collect('minor');
collect('minor');
console.log(process.memoryUsage().arrayBuffers);
