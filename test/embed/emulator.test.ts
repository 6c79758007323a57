/** The emulator as tests of other programs start it. */
import { expect, onTestFinished, test } from 'vitest';
import { type EmulatorOptions, startEmulator } from '../../src/embed.ts';
import { asking, embedded } from '../support/embedded.ts';

const GENERATE =
  'mutation { createPrompt(input: { tuneId: 1504944, text: "a harbour" }) { prompt { id status } } }';

test('time is moved by the test, and a prompt is done by then', async () => {
  const { gateway, emulator } = await embedded({}, { frozenAt: new Date('2026-11-01T12:00:00Z') });
  const ask = async (query: string) => (await gateway.fetch(asking(query))).json();
  const { data } = (await ask(GENERATE)) as {
    data: { createPrompt: { prompt: { id: string; status: string } } };
  };
  const { id, status } = data.createPrompt.prompt;
  expect(status).not.toBe('SUCCEEDED');
  emulator.advance(8000);
  expect(await ask(`{ prompt(id: "${id}") { status } }`)).toEqual({
    data: { prompt: { status: 'SUCCEEDED' } },
  });
});

test('requests and faults are told and taken back', async () => {
  const { gateway, emulator } = await embedded({ upstreamRetries: 0 });
  const ask = async () =>
    (await gateway.fetch(asking('{ tune(id: 1504944) { title } }'))).json() as Promise<{
      errors?: { extensions: { code: string } }[];
    }>;
  emulator.fail({ path: '/tunes/*', status: 503, times: 9 });
  expect((await ask()).errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
  expect(emulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /tunes/1504944',
  ]);
  emulator.clearFaults();
  emulator.clearRequests();
  expect(emulator.requests).toEqual([]);
  expect(await ask()).toEqual({ data: { tune: { title: 'Flux.1 dev' } } });
});

test('time that runs by itself is not moved, and none goes back', async () => {
  const running = await startEmulator();
  onTestFinished(() => running.close());
  expect(() => running.advance(1)).toThrow('start the emulator with frozenAt');
  const frozen = await startEmulator({ frozenAt: new Date() });
  onTestFinished(() => frozen.close());
  expect(() => frozen.advance(-1)).toThrow('Time goes forward');
  expect(() => frozen.advance(Number.NaN)).toThrow('Time goes forward');
});

test.each([
  [{ port: 70_000 }, 'port must be a whole number from 0 to 65535'],
  [{ port: '0' }, 'port must be a whole number from 0 to 65535'],
  [{ speed: 0 }, 'speed must be a number above 0'],
  [{ frozenAt: new Date('x') }, 'frozenAt must be a valid Date'],
  [{ frozenAt: '2026-11-01' }, 'frozenAt must be a valid Date'],
  [{ report: 'x' }, 'report must be a function'],
  [{ seed: 1 }, 'seed must be true or false'],
  [{ clock: 1 }, 'clock is no option: there are port, host, seed, speed, frozenAt, report'],
])('%j is refused', async (options, message) => {
  await expect(startEmulator(options as EmulatorOptions)).rejects.toThrow(message);
});
