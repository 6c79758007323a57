/** The dashboard and the alerts ask for metrics and labels that a gateway serves. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startMeasured } from '../support/measured.ts';
import { readAlerts } from './alerts.ts';
import { type Query, readQuery, type Selector } from './promql.ts';

interface Panel {
  id: number;
  type: string;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string; legendFormat: string }[];
}

const alerts = readAlerts();
const { panels } = JSON.parse(
  readFileSync('deploy/kubernetes/monitoring/dashboard.json', 'utf8'),
) as { panels: Panel[] };
const graphs = panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr, legendFormat }) => ({ name: title, expr, shown: legendFormat })),
);
const queries = [
  ...alerts.map(({ alert, expr, annotations }) => ({
    name: alert,
    expr,
    shown: annotations.summary,
  })),
  ...graphs,
];

/** Prometheus adds these itself. */
const ADDED = ['instance', 'job', 'le'];
/** Whether a gateway could be scraped. Prometheus makes it. */
const UP = 'up';

/** The labels of each metric of a gateway, by its name. */
async function labelsOfMetrics() {
  const { registry } = await startMeasured();
  const metrics = registry.getMetricsAsArray() as unknown as {
    name: string;
    labelNames: string[];
  }[];
  return new Map(metrics.map(({ name, labelNames }) => [name, labelNames]));
}

const familyOf = ({ metric }: Selector) => metric.replace(/_(?:bucket|sum|count)$/, '');

test('there is something to look at', () => {
  expect(alerts.length).toBeGreaterThan(10);
  expect(graphs.length).toBeGreaterThan(30);
});

test.each(queries)('$name asks for what there is: $expr', async ({ expr, shown }) => {
  const { faults, selectors, grouped }: Query = readQuery(expr);
  expect(faults).toEqual([]);
  expect(selectors.length).toBeGreaterThan(0);
  const known = await labelsOfMetrics();
  const labels = selectors.flatMap((selector) => known.get(familyOf(selector)) ?? []);
  const named = [...shown.matchAll(/\{\{ ?(?:\$labels\.)?(\w+)/g)].map(([, label = '']) => label);
  const asked = [
    ...selectors.flatMap(({ matchers }) => matchers.map(({ label }) => label)),
    ...grouped,
    ...named,
  ];
  expect([...labels, ...ADDED]).toEqual(expect.arrayContaining(asked));
});

test('each metric is one that a gateway serves', async () => {
  const { scrape } = await startMeasured();
  const served = await (await scrape()).text();
  const families = [...served.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name);
  const asked = new Set(queries.flatMap(({ expr }) => readQuery(expr).selectors.map(familyOf)));
  expect([...asked].filter((name) => !families.includes(name))).toEqual([UP]);
});

test('a label that there is not is found', () => {
  expect(readQuery('sum(rate(a_total[5m)').faults).not.toEqual([]);
  expect(readQuery('sum by (c) (a_total{b=~"5.."})')).toEqual({
    faults: [],
    selectors: [{ metric: 'a_total', matchers: [{ label: 'b', operator: '=~', value: '5..' }] }],
    grouped: ['c'],
  });
});

test('panels do not lie on each other, and have ids of their own', () => {
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});

test('each command of the page names the namespace', () => {
  const page = readFileSync('docs/when-something-is-wrong.md', 'utf8');
  const commands = page.match(/kubectl [^`\n|]*/g) ?? [];
  expect(commands.length).toBeGreaterThan(4);
  expect(commands.filter((command) => !command.includes(' -n astria-graphql'))).toEqual([]);
});
