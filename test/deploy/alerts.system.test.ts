/** Which alerts Prometheus raises for what it has scraped: `promtool` evaluates the rules. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { placeOf } from '../support/programs.ts';
import { readAlerts } from './alerts.ts';

/**
 * The values of each series, one every 15 s, as `promtool` writes them: `0+2x40` is 0, 2, … 80, and `_x40` a series that is not
 * scraped. Names begin with `astria_graphql_` unless they have a `job`.
 */
type Scraped = Record<string, string>;

interface Scenario {
  name: string;
  minutes: number;
  scraped: Scraped;
  alerts: string[];
}

const of = (instance: string, labels: string) => `{instance="${instance}",${labels}}`;
const breaker = (state: string, instance = 'a') =>
  `upstream_breaker${of(instance, `state="${state}"`)}`;
const calls = (status: string, instance = 'a') =>
  `upstream_calls_total${of(instance, `status="${status}"`)}`;

const internal = (instance: string) => `operations_total${of(instance, 'code="INTERNAL"')}`;
const lag = (le: string) => `jobs_lag_seconds_bucket${of('a', `le="${le}"`)}`;
const up = (instance: string) => `up${of(instance, 'job="astria-graphql"')}`;
const started = (instance: string) =>
  `process_start_time_seconds${of(instance, 'job="astria-graphql"')}`;

const SCENARIOS: Scenario[] = [
  {
    name: 'Astria is down for the only caller',
    minutes: 10,
    scraped: {
      [breaker('open')]: '0x60',
      [breaker('open-for-one')]: '1x60',
      [calls('breaker')]: '0+5x60',
    },
    alerts: ['AstriaCallsFail', 'AstriaFailsForOne', 'AstriaUnavailable'],
  },
  {
    name: 'calls of one caller fail, and those of others on another gateway succeed',
    minutes: 10,
    scraped: {
      [breaker('open-for-one')]: '1x60',
      [calls('breaker')]: '0+1x60',
      [calls('200', 'b')]: '0+150x60',
    },
    alerts: ['AstriaFailsForOne'],
  },
  {
    name: 'Astria is down for all callers of one gateway',
    minutes: 10,
    scraped: {
      [breaker('open')]: '1x60',
      [breaker('open-for-one')]: '0x60',
      [calls('breaker')]: '0+1x60',
      [calls('200', 'b')]: '0+150x60',
    },
    alerts: ['AstriaUnavailable'],
  },
  {
    name: 'nobody has called since Astria was down',
    minutes: 20,
    scraped: { [breaker('half-open')]: '1x100', [calls('503')]: '15x100' },
    alerts: [],
  },
  {
    name: 'ends of jobs are seen late, stored by Prometheus 2',
    minutes: 30,
    scraped: {
      [lag('60')]: '0+5x130',
      [lag('+Inf')]: '0+10x130',
      jobs_lag_seconds_count: '0+10x130',
    },
    alerts: ['JobsSeenLate'],
  },
  {
    name: 'ends of jobs are seen late, stored by Prometheus 3',
    minutes: 30,
    scraped: {
      [lag('60.0')]: '0+5x130',
      [lag('+Inf')]: '0+10x130',
      jobs_lag_seconds_count: '0+10x130',
    },
    alerts: ['JobsSeenLate'],
  },
  {
    name: 'the first defect of one gateway, while another with old ones goes',
    minutes: 12,
    scraped: { [internal('a')]: '0x40 1x10', [internal('b')]: '5x20' },
    alerts: ['GatewayDefect'],
  },
  {
    name: 'an old defect, after a restart and a scrape that was missed 10 minutes ago',
    minutes: 30,
    scraped: { [internal('a')]: '0x20 5x38 _x24 5x40', [internal('b')]: '7x60 0x60' },
    alerts: [],
  },
  {
    name: 'an old departure from the contract, after scrapes that were missed an hour ago',
    minutes: 132,
    scraped: { 'drift_total{route="/tunes",field="title",kind="changed"}': '2x260 _x30 2x240' },
    alerts: [],
  },
  {
    name: 'a new departure from the contract',
    minutes: 130,
    scraped: { 'drift_total{route="/tunes",field="title",kind="changed"}': '_x500 1x30' },
    alerts: ['AstriaDrifts'],
  },
  {
    name: 'the ledger fails once',
    minutes: 3,
    scraped: { 'ledger_operations_total{operation="begin",outcome="failed"}': '0x4 1x20' },
    alerts: ['LedgerFails'],
  },
  {
    name: 'one gateway of three does not answer',
    minutes: 10,
    scraped: { [up('a')]: '1x60', [up('b')]: '1x60', [up('c')]: '1x10 0x50' },
    alerts: ['GatewayDown'],
  },
  {
    name: 'one gateway is killed again and again',
    minutes: 20,
    scraped: { [started('a')]: '100x90', [started('b')]: '100x20 400x20 700x20 1000x20' },
    alerts: ['GatewayRestarts'],
  },
  {
    name: 'one gateway is restarted once',
    minutes: 20,
    scraped: { [started('a')]: '100x90', [started('b')]: '100x20 400x60' },
    alerts: [],
  },
  {
    name: 'the key of Astria was taken back, with a call a minute',
    minutes: 30,
    scraped: { [calls('401')]: '0+0.25x130', [calls('200')]: '1000x130' },
    alerts: ['AstriaRefusesCalls'],
  },
  {
    name: 'the only call of the night is refused',
    minutes: 32,
    scraped: { [calls('429')]: '1x100 2x30' },
    alerts: [],
  },
  {
    name: 'one call of many is refused now and then',
    minutes: 30,
    scraped: { [calls('429')]: '0+0.25x130', [calls('200')]: '0+10x130' },
    alerts: [],
  },
];

test.each(SCENARIOS)('$name: $alerts', ({ minutes, scraped, alerts }) => {
  expect(promtool(minutes, scraped, alerts)).toContain('SUCCESS');
});

/** Returns what `promtool` prints: SUCCESS, or which alerts fire besides those that are expected. */
function promtool(minutes: number, scraped: Scraped, alerts: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const rules = { groups: [{ name: 'all', rules: readAlerts() }] };
  writeFileSync(join(folder, 'rules.json'), JSON.stringify(rules));
  const series = { build_info: `1x${minutes * 4}`, ...scraped };
  const run = {
    interval: '15s',
    input_series: Object.entries(series).map(([name, values]) => ({
      series: name.includes('job=') ? name : `astria_graphql_${name}`,
      values,
    })),
    promql_expr_test: [
      {
        expr: 'group by (alertname) (ALERTS{alertstate="firing"})',
        eval_time: `${minutes}m`,
        exp_samples: alerts.map((name) => ({ labels: `{alertname="${name}"}`, value: 1 })),
      },
    ],
  };
  const file = join(folder, 'test.json');
  const content = { rule_files: ['rules.json'], evaluation_interval: '15s', tests: [run] };
  writeFileSync(file, JSON.stringify(content));
  const { stdout, stderr } = spawnSync(placeOf('promtool') as string, ['test', 'rules', file], {
    encoding: 'utf8',
  });
  return stdout + stderr;
}
