/** `npm run test:rollout`: two processes restarted in turn behind nginx, under load. `--restarts N --rate N --delay N --haproxy --client` for another one. */
import { parseArgs } from 'node:util';
import { rollOut } from '../test/rollout/rollout.ts';
import { stopwatch } from './parts.ts';

const PROGRESS = 5;

const { values } = parseArgs({
  options: {
    restarts: { type: 'string', default: '100' },
    rate: { type: 'string', default: '200' },
    delay: { type: 'string', default: '5' },
    // Without nginx: the client asks both itself, as nginx does.
    client: { type: 'boolean', default: false },
    haproxy: { type: 'boolean', default: false },
    // A changed gateway, to see that this can fail.
    main: { type: 'string' },
  },
});
// What was started ends with this.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130));
}
const { restarts, rate, delay, client, haproxy, main } = values;
console.log(`${restarts} restarts, ${rate} requests/s, SHUTDOWN_DELAY=${delay}`);
const seconds = stopwatch();

const { reads, writes, unknown, failures, ms, idle, longestStopMs, offences } = await rollOut({
  restarts: Number(restarts),
  ratePerSecond: Number(rate),
  delaySeconds: Number(delay),
  front: client ? 'client' : haproxy ? 'haproxy' : 'nginx',
  main,
  onRestart(done, tally) {
    if (done % PROGRESS > 0) return;
    console.log(`${seconds()} ${done} restarts, ${tally.failures.length} failed`);
  },
});
const sorted = ms.toSorted((a, b) => a - b);
const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
console.log({
  ...{ reads, writes, failed: failures.length, unknown },
  p50Ms: at(0.5),
  p99Ms: at(0.99),
  longestMs: at(1),
  longestStopMs: Math.round(longestStopMs),
  idle: `${Math.round(idle * 100)} %`,
});
if (offences.length > 0) {
  console.error('FAILED:');
  for (const offence of offences.slice(0, 50)) console.error(`- ${offence}`);
  process.exitCode = 1;
} else console.log(`Nothing failed, and each write reached Astria once.${seconds()}`);
