/** Every example of schema/operations, before the emulator, with both executors. */
import { execute, getOperationAST, parse } from 'graphql';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { createCallers } from '../../src/auth/callers.ts';
import { readConfig } from '../../src/config.ts';
import { createContext } from '../../src/context.ts';
import { frozenClock } from '../../src/emulator/clock.ts';
import { startEmulator } from '../../src/emulator/serve.ts';
import { atMostBytes, countBytes, sizeOf } from '../../src/execution/answer-size.ts';
import { type Bound, compile, type Executor } from '../../src/execution/compile.ts';
import { schema } from '../../src/graphql/schema.ts';
import { exampleOperations } from '../../src/http/example-operations.ts';
import { Jobs } from '../../src/jobs/jobs.ts';
import { openSqliteLedger } from '../../src/paid/ledger/sqlite.ts';
import { createUpstream } from '../../src/upstream/client.ts';
import { NOW } from '../support/gateway.ts';

/** A subscription is run for an event alone, and always by graphql-js. */
const examples = exampleOperations().filter(({ query }) => !/^subscription/m.test(query));

/** Each in a world of its own: what one writes the other must not see. */
async function answer(run: Executor, variables: Record<string, unknown>) {
  const clock = frozenClock(NOW);
  const emulator = await startEmulator({ clock, publicUrl: 'https://api.astria.ai' });
  const upstream = createUpstream({ baseUrl: emulator.url });
  onTestFinished(async () => {
    await upstream.close();
    await emulator.close();
  });
  const config = readConfig({ ASTRIA_BASE_URL: emulator.url });
  const callers = createCallers(config);
  const ledger = await openSqliteLedger(':memory:', upstream.clock);
  const given = {
    config,
    upstream,
    callers,
    ledger,
    log: pino({ level: 'silent' }),
    now: clock.now,
  };
  const deps = { ...given, jobs: new Jobs(given, { ...clock, random: () => 0 }) };
  const asker = { caller: await callers.identify('Bearer sd_demo'), workspaceId: undefined };
  const context = createContext(asker, new AbortController().signal, deps);
  // Some wait for Astria.
  const ticking = setInterval(() => clock.advance(1000), 20);
  const result = await run(context, variables);
  clearInterval(ticking);
  const requests = emulator.requests.map(({ method, path }) => `${method} ${path}`);
  return { result, requests };
}

test.each(examples)('$name', async (example) => {
  const document = parse(example.query);
  const variables = JSON.parse(example.variables);
  const sizes: number[] = [];
  const bound: Bound = (result, size) => {
    sizes.push(size);
    return result;
  };
  const compiled = compile(schema, document, { bound });
  const expected = await answer(
    (contextValue, variableValues) =>
      execute({ schema, document, contextValue, variableValues }) as ReturnType<Executor>,
    variables,
  );
  expect(expected.result.errors).toBeUndefined();
  // The first time is left to graphql-js.
  await answer(compiled, variables);
  const actual = await answer(compiled, variables);
  const json = JSON.stringify(expected.result);
  expect(JSON.stringify(actual.result)).toBe(json);
  expect(actual.requests).toEqual(expected.requests);
  const size = sizeOf(expected.result.data);
  expect(sizes).toEqual([size, size]);
  expect(atMostBytes(size)).toBeGreaterThanOrEqual(countBytes(expected.result.data ?? {}));
  // What graphql-js makes has no prototype.
  const isCompiled = Object.getPrototypeOf(actual.result.data) !== null;
  expect(isCompiled).toBe(getOperationAST(document)?.operation === 'query');
});
