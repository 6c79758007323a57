/** `npm run test:secrets`: every key that the gateway knows is looked for in everything that it writes. */
import { searchEverything } from '../test/secrets/run.ts';

const { runs, found } = await searchEverything({
  onRun: ({ name, written, bytes }) =>
    console.log(
      `${name.padEnd(40)} ${String(written).padStart(6)} texts, ${(bytes / 1e6).toFixed(1)} MB`,
    ),
});
const texts = runs.reduce((sum, { written }) => sum + written, 0);
if (found.length > 0) {
  console.error(`${found.length} of ${texts} hold a secret:`);
  for (const one of found) console.error(`- ${one}`);
  process.exitCode = 1;
} else console.log(`${texts} texts searched: none holds a secret.`);
