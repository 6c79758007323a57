import { parseArgs } from 'node:util';
import { DEMO_KEY } from './seed-studio.ts';
import { type Emulator, startEmulator } from './serve.ts';

const USAGE = 'npm run emulator -- [--port 3900] [--host 127.0.0.1] [--speed 1]';

try {
  const emulator = await start();
  console.log(`Astria's emulator listens at ${emulator.url} (key ${DEMO_KEY})`);
  console.log(`  curl -H 'Authorization: Bearer ${DEMO_KEY}' ${emulator.url}/tunes`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void emulator.close().then(() => process.exit(0)));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function start(): Promise<Emulator> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '3900' },
      host: { type: 'string', default: '127.0.0.1' },
      speed: { type: 'string', default: '1' },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port must be between 0 and 65535: ${USAGE}`);
  }
  const speed = Number(values.speed);
  if (!(speed > 0)) throw new Error(`--speed must be above 0: ${USAGE}`);
  return startEmulator({ port, host: values.host, speed }).catch((error: unknown) => {
    throw isTaken(error) ? new Error(`Port ${port} is taken: choose another with --port`) : error;
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
