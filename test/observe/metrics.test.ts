import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startMeasured } from '../support/measured.ts';

test('operations are counted by kind and by the code of their first error', async () => {
  const { run, lines } = await startMeasured();
  await run('{ tunes { nodes { id } } }');
  await run('query Named { __typename }');
  await run('{ tune(id: "x") { id } }');
  await run('{ nonsense }');
  await run('mutation { deleteTune(input: { id: 5 }) { query { __typename } } }');
  const found = await lines();
  expect(found).toEqual(
    expect.arrayContaining([
      'astria_graphql_operations_total{kind="query",code="OK"} 2',
      'astria_graphql_operations_total{kind="query",code="BAD_REQUEST"} 1',
      'astria_graphql_operations_total{kind="none",code="BAD_REQUEST"} 1',
      'astria_graphql_operations_total{kind="mutation",code="NOT_FOUND"} 1',
      'astria_graphql_operation_duration_seconds_count{kind="query"} 3',
    ]),
  );
  // Whoever asks chooses names: they must not become labels.
  expect(found.join()).not.toContain('Named');
});

test('what the ledger was asked for is counted by what became of it', async () => {
  const { run, lines, deps } = await startMeasured();
  await run(`mutation { createPrompt(input: { tuneId: 1504944, text: "x" }) { prompt { id } } }`);
  deps.ledger.begin = () => Promise.reject(new Error('the disk is full'));
  await run(`mutation { createPrompt(input: { tuneId: 1504944, text: "x" }) { prompt { id } } }`);
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'astria_graphql_ledger_operations_total{operation="begin",outcome="done"} 1',
      'astria_graphql_ledger_operations_total{operation="begin",outcome="failed"} 1',
      'astria_graphql_ledger_operations_total{operation="done",outcome="done"} 1',
      'astria_graphql_ledger_operation_duration_seconds_count{operation="begin"} 2',
      'astria_graphql_ledger_waits_total 3',
    ]),
  );
});

test('what an alert looks for begins at 0, so that the first event is an increase', async () => {
  const { lines } = await startMeasured();
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'astria_graphql_operations_total{kind="query",code="INTERNAL"} 0',
      'astria_graphql_operations_total{kind="mutation",code="INTERNAL"} 0',
      'astria_graphql_operations_total{kind="subscription",code="INTERNAL"} 0',
      'astria_graphql_operations_total{kind="none",code="INTERNAL"} 0',
      'astria_graphql_ledger_operations_total{operation="begin",outcome="failed"} 0',
      'astria_graphql_ledger_operations_total{operation="told",outcome="failed"} 0',
      'astria_graphql_callbacks_total{outcome="refused"} 0',
      'astria_graphql_callbacks_total{outcome="unreadable"} 0',
      'astria_graphql_webhook_dead_letters_total 0',
    ]),
  );
});

test('which version runs is told', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const { lines } = await startMeasured();
  expect(await lines()).toContain(`astria_graphql_build_info{version="${version}"} 1`);
});

test('calls are counted by route and status', async () => {
  const { run, lines, emulator } = await startMeasured();
  await run('{ tunes { nodes { id } } }');
  await run('{ tune(id: 5) { id } }');
  emulator.fail({ broken: 'reset', method: 'DELETE' });
  await run('mutation { deleteTune(input: { id: 5 }) { query { __typename } } }');
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'astria_graphql_upstream_calls_total{method="GET",route="/tunes",status="200"} 1',
      'astria_graphql_upstream_calls_total{method="GET",route="/tunes/:id",status="404"} 1',
      'astria_graphql_upstream_calls_total{method="DELETE",route="/tunes/:id",status="connection"} 1',
      'astria_graphql_upstream_call_duration_seconds_count{method="GET",route="/tunes"} 1',
    ]),
  );
});

test('what is sent again is counted, and what is held back', async () => {
  const breaker = { failures: 3, runMs: 0 };
  const { run, lines, emulator } = await startMeasured({ breaker, retries: 2, retryDelayMs: 1 });
  emulator.fail({ status: 503, times: 9 });
  await run('{ tunes { nodes { id } } }');
  await run('{ tunes { nodes { title } } }');
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'astria_graphql_upstream_retries_total{method="GET",route="/tunes"} 2',
      'astria_graphql_upstream_calls_total{method="GET",route="/tunes",status="503"} 1',
      'astria_graphql_upstream_calls_total{method="GET",route="/tunes",status="breaker"} 1',
    ]),
  );
});

test('what is under way, and what was refused for it, is told', async () => {
  const { lines } = await startMeasured();
  const expected = [
    'astria_graphql_requests_running 3',
    'astria_graphql_requests_waiting 7',
    'astria_graphql_unsent_bytes 5000',
    'astria_graphql_held_body_bytes 6000',
    'astria_graphql_connections 12',
    'astria_graphql_requests_refused_total{limit="waitingRequests"} 2',
  ];
  expect(await lines()).toEqual(expect.arrayContaining(expected));
  // Looked at again it is no more.
  expect(await lines()).toEqual(expect.arrayContaining(expected));
});

test('looks at jobs are counted, and how late an end was seen', async () => {
  const { run, lines, account, clock, deps } = await startMeasured();
  const now = new Date(clock.now()).toISOString();
  const times = { created_at: now, started_training_at: now };
  account.addPrompt({ id: 7, ...times, trained_at: new Date(clock.now() + 1500).toISOString() });
  const waiting = run('{ waitFor(ids: ["UHJvbXB0Ojc"]) { isDone } }');
  await expect.poll(() => deps.jobs.watched).toBe(1);
  clock.advance(2000);
  await waiting;
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'astria_graphql_streams 2',
      'astria_graphql_jobs_watched 5',
      'astria_graphql_jobs_looks_total 1',
      'astria_graphql_jobs_looked_at_total 1',
      'astria_graphql_jobs_calls_total 1',
      'astria_graphql_jobs_lag_seconds_sum 0.5',
    ]),
  );
});

test('attempts of webhooks are counted, and what is still to be delivered is told', async () => {
  const { lines, deps } = await startMeasured();
  for (const outcome of ['failed', 'failed', 'dead', 'delivered'] as const) {
    deps.watch?.onJobs({ kind: 'webhook', outcome });
  }
  const told = await lines();
  expect(told).toEqual(
    expect.arrayContaining([
      'astria_graphql_webhook_attempts_total{outcome="failed"} 2',
      'astria_graphql_webhook_attempts_total{outcome="delivered"} 1',
      'astria_graphql_webhook_dead_letters_total 1',
      'astria_graphql_webhook_jobs_waiting 4',
      'astria_graphql_webhook_messages_pending 2',
    ]),
  );
  const oldest = told.find((line) =>
    line.startsWith('astria_graphql_webhook_oldest_message_seconds'),
  );
  expect(Number(oldest?.split(' ')[1])).toBeGreaterThanOrEqual(90);
});

test('callbacks are counted by what became of them', async () => {
  const { fetch, lines } = await startMeasured(
    {},
    {
      PUBLIC_URL: 'https://graph.example',
      CALLBACK_SECRET: 's'.repeat(32),
    },
  );
  await fetch('/callbacks/000000.0000000000000000-personal.0000000000000000000000', {
    method: 'POST',
  });
  expect(await lines()).toContain('astria_graphql_callbacks_total{outcome="refused"} 1');
});

test('what is shared is counted', async () => {
  const { run, lines, emulator } = await startMeasured();
  emulator.fail({ latencyMs: 200 });
  const title = '{ tunes { nodes { title } } }';
  await Promise.all([title, title, '{ tunes { nodes { id } } }'].map((query) => run(query)));
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'astria_graphql_requests_shared_total 1',
      'astria_graphql_upstream_reads_saved_total{how="shared"} 1',
    ]),
  );
});

test('breaker, drift and the process are looked at when asked for', async () => {
  const { lines } = await startMeasured();
  const found = await lines();
  expect(found).toEqual(
    expect.arrayContaining([
      'astria_graphql_upstream_breaker{state="half-open"} 1',
      'astria_graphql_upstream_breaker{state="open"} 0',
      'astria_graphql_drift_total{method="GET",route="/tunes",field="title",kind="changed"} 2',
    ]),
  );
  expect(found.join()).toContain('process_resident_memory_bytes');
});

test('nothing else is served there, and metrics are not served by the gateway', async () => {
  const { scrape, fetch } = await startMeasured();
  expect((await scrape('/graphql')).status).toBe(404);
  expect((await fetch('/metrics')).status).toBe(404);
});

test('what was spent is counted by the budgets that are configured; all tokens are one', async () => {
  const { deps, lines } = await startMeasured();
  const settle = (budgets: string[], spentMc: number) =>
    deps.watch?.onJobs({ kind: 'settled', budgets, spentMc });
  settle(['gateway', 'key web'], 2300);
  settle(['gateway', 'tokens'], 100);
  const counted = (await lines()).filter((line) => /^astria_graphql_spent/.test(line));
  expect(counted).toEqual([
    'astria_graphql_spent_milli_cents_total{budget="gateway"} 2400',
    'astria_graphql_spent_milli_cents_total{budget="key web"} 2300',
    'astria_graphql_spent_milli_cents_total{budget="tokens"} 100',
  ]);
});
