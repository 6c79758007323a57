/** The upstream behind a delay, which nginx has no way to make. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../test/support/free-port.ts';
import { start, untilAnswers } from '../load/children.ts';

const PROGRAM = fileURLToPath(new URL('slow-process.ts', import.meta.url));

export async function startSlow(upstream: string, { ms, folder }: { ms: number; folder: string }) {
  const port = await freePort();
  const started = start({
    name: 'slow upstream',
    command: [process.execPath, PROGRAM, String(port), upstream, String(ms)],
    side: 'load',
    log: join(folder, 'slow.log'),
  });
  const url = `http://127.0.0.1:${port}`;
  await untilAnswers(started, `${url}/status`);
  return { url, stop: () => started.stop() };
}
