import { DEMO_KEY } from '../../emulator/seed-studio.ts';
import { startEmulator } from '../../emulator/serve.ts';
import { type Command, CommandError, UsageError } from './command.ts';

export const command: Command = {
  about: 'Starts the emulator of Astria alone. It needs no account, and costs nothing.',
  options: {
    port: {
      example: '3900',
      about: 'The port to listen on. 0 takes any free one. 3900 if left out.',
    },
    host: { example: '127.0.0.1', about: 'The address to listen on. 127.0.0.1 if left out.' },
    speed: { example: '10', about: 'How much faster tunes and prompts are done. 1 if left out.' },
  },
  async run({ port = '3900', host = '127.0.0.1', speed = '1' }) {
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
      throw new UsageError(
        `--port is ${JSON.stringify(port)} and must be a whole number from 0 to 65535.`,
      );
    }
    if (!(Number(speed) > 0 && Number(speed) < Infinity)) {
      throw new UsageError(`--speed is ${JSON.stringify(speed)} and must be a number above 0.`);
    }
    const options = { port: Number(port), host, speed: Number(speed) };
    const emulator = await startEmulator(options).catch((error) => {
      throw failureOf(error, options);
    });
    console.log(`Astria's emulator listens at ${emulator.url} (key ${DEMO_KEY})`);
    console.log(`  curl -H 'Authorization: Bearer ${DEMO_KEY}' ${emulator.url}/tunes`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void emulator.close().then(() => process.exit(0)));
    }
  },
};

function failureOf(error: NodeJS.ErrnoException, { port, host }: { port: number; host: string }) {
  if (error.code === 'EADDRINUSE') {
    return new CommandError(`Port ${port} is taken: choose another with --port.`);
  }
  if (error.syscall !== 'listen' && error.syscall !== 'getaddrinfo') return error;
  return new CommandError(
    `--host ${host} and --port ${port} cannot be listened on (${error.code}): give others.`,
  );
}
