/** What the long proofs have in common: a seed, parts of which one can be run alone, and an end. */
import type { Proof } from '../test/streams/proofs.ts';

/** The option `--seed`: another one each time. What it was is printed. */
export const SEED = { type: 'string', default: String(Date.now() % 1_000_000) } as const;

/** Returns a function that returns the seconds since this call, as a column. */
export function stopwatch() {
  const begunMs = performance.now();
  return () => `${((performance.now() - begunMs) / 1000).toFixed(0)} s`.padStart(6);
}

/** Returns all parts, or the one that `--only` names. Ends the process if it names none. */
export function partsOf<Part>(parts: Record<string, Part>, only: string | undefined) {
  const chosen = Object.entries(parts).filter(([name]) => only === undefined || name === only);
  if (chosen.length > 0) return chosen;
  console.error(`--only ${only} is none of ${Object.keys(parts).join(', ')}`);
  return process.exit(2);
}

/** Runs proofs one after the other, and ends the process. */
export async function prove(
  proofs: Record<string, () => Promise<Proof>>,
  { only, seed }: { only: string | undefined; seed: number },
) {
  const offences: string[] = [];
  for (const [name, run] of partsOf(proofs, only)) {
    const seconds = stopwatch();
    const proof = await run();
    console.log(name, seconds());
    console.dir(proof.found, { depth: 4 });
    offences.push(...proof.offences.map((offence) => `${name}: ${offence}`));
  }
  conclude(offences, { seed, holds: 'All of it holds.' });
}

/** Prints what does not hold, or that all holds, and ends the process: requests to killed gateways may be open. */
export function conclude(
  offences: readonly string[],
  { seed, holds }: { seed: string | number; holds: string },
): never {
  if (offences.length === 0) {
    console.log(holds);
    process.exit(0);
  }
  console.error(`FAILED, with --seed ${seed}:`);
  for (const offence of offences) console.error(`- ${offence}`);
  process.exit(1);
}
