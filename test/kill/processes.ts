/** What is started apart, so that it can be killed, or goes on when something else is. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Started {
  url: string;
  pid: number;
  /** `kill -9`, and it is gone. */
  kill(): Promise<void>;
}

const alive = new Set<ChildProcess>();
process.on('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130));
}

function endAll() {
  for (const child of alive) child.kill('SIGKILL');
}

export const startGatewayProcess = (main: string, environment: Record<string, string>) =>
  start([main], { PORT: '0', LOG_LEVEL: 'info', ...environment }, /"endpoint":"([^"]+)"/);

export const startEmulatorProcess = () =>
  start(['src/main.ts', 'emulator', '--port', '0'], {}, /listens at (\S+)/);

/** With nothing of this environment. It is there when it says where. */
async function start(args: string[], env: Record<string, string>, place: RegExp): Promise<Started> {
  const child = spawn(process.execPath, args, { env });
  alive.add(child);
  const gone = once(child, 'exit').then(() => void alive.delete(child));
  let printed = '';
  for (const pipe of [child.stdout, child.stderr]) {
    pipe.setEncoding('utf8').on('data', (chunk) => {
      printed += chunk;
    });
  }
  while (!place.test(printed)) {
    await Promise.race([once(child.stdout, 'data'), gone]);
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} did not start: ${printed}`);
  }
  const [, url = ''] = place.exec(printed) ?? [];
  return {
    url,
    pid: child.pid as number,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
