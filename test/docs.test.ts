/** The documentation says what is so: its links lead somewhere, and what can be set, met or measured stands in it. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from './support/free-port.ts';
import { started } from './support/process.ts';

const read = (path: string) => readFileSync(path, 'utf8');

const pages = globSync('**/*.md', {
  exclude: (path) => /(?:^|\/)(?:node_modules|\.git|dist)(?:\/|$)/.test(path),
});

const FENCED = /^```.*?^```/gms;

const withoutCode = (text: string) => text.replaceAll(FENCED, '').replaceAll(/`[^`\n]*`/g, '');

/** As GitHub makes them: a second heading of the same words gets a number. */
function anchorsOf(page: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  const headings = read(page)
    .replaceAll(FENCED, '')
    .matchAll(/^#+ (.*)$/gm);
  for (const [, heading = ''] of headings) {
    const words = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-');
    const count = seen.get(words) ?? 0;
    seen.set(words, count + 1);
    anchors.add(count === 0 ? words : `${words}-${count}`);
  }
  return anchors;
}

function faultOf(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path ? join(dirname(page), path) : page;
  if (relative('.', target).startsWith('..')) return `${link} leads out of the repository`;
  if (!existsSync(target)) return `${link} leads to no file`;
  if (anchor === undefined) return undefined;
  if (statSync(target).isDirectory() || !anchorsOf(target).has(anchor)) {
    return `${link} leads to no heading`;
  }
  return undefined;
}

test('there are pages to look at', () => {
  expect(pages.length).toBeGreaterThan(30);
});

test.each(pages)('the links of %s lead somewhere', (page) => {
  const links = [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
  expect(links.map((link) => faultOf(page, link)).filter(Boolean)).toEqual([]);
});

/** `x` stands for a name that the reader chooses. */
const isChosen = (path: string) => /\bx\./.test(path);

test.each(pages.filter((page) => page !== 'CHANGELOG.md'))(
  'the files that %s names are there',
  (page) => {
    const named = [...read(page).matchAll(/`((?:src|test|schema|bench|docs)\/[\w./-]+\.\w+)`/g)];
    const missing = named
      .map(([, path = '']) => path)
      .filter((path) => !isChosen(path) && !existsSync(path));
    expect(missing).toEqual([]);
  },
);

test('every page can be found from the index', () => {
  const index = read('docs/README.md');
  const missing = globSync('docs/*.md')
    .map((page) => relative('docs', page))
    .filter((page) => page !== 'README.md' && !index.includes(`](${page})`));
  expect(missing).toEqual([]);
});

test('every decision stands in the list of decisions', () => {
  const list = read('docs/decisions/README.md');
  const missing = globSync('docs/decisions/[0-9]*.md')
    .map((page) => relative('docs/decisions', page))
    .filter((page) => !list.includes(`](${page})`));
  expect(missing).toEqual([]);
});

test('the README can be read at once', () => {
  expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

/** What stands in code in the first column of its tables. */
const namesIn = (page: string) =>
  (page.match(/^\| `.*$/gm) ?? []).flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  );

/** The keys of the schemas that `src/config.ts` is made of: its own, and those of the modules that it imports values from. */
function settings(): string[] {
  const config = read('src/config.ts');
  const modules = [...config.matchAll(/^import (?!type )[^;]*? from '(\.[^']+)'/gm)]
    .map(([, path = '']) => join('src', path))
    .map(read);
  const names = [config, ...modules].flatMap((text) =>
    [...text.matchAll(/^ +([A-Z][A-Z0-9_]+): /gm)].map(([, name = '']) => name),
  );
  return [...new Set(names)].toSorted();
}

test('every setting stands in its page, and none that there is not', () => {
  const documented = namesIn(read('docs/configuration.md'));
  expect(settings().length).toBeGreaterThan(30);
  expect(documented.toSorted()).toEqual(settings());
});

test('every error code stands in its page, and none that there is not', () => {
  const [, codes = ''] = /ERROR_CODES = \[([^\]]*)\]/.exec(read('src/graphql/errors.ts')) ?? [];
  const known = [...codes.matchAll(/'(\w+)'/g)].map(([, code = '']) => code);
  expect(known.length).toBeGreaterThan(10);
  expect(namesIn(read('docs/errors.md')).toSorted()).toEqual(known.toSorted());
});

test('every metric stands in its page, and none that there is not', async () => {
  const port = String(await freePort());
  await started({ METRICS: 'on', METRICS_PORT: port });
  const served = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const metrics = [...served.matchAll(/^# TYPE astria_graphql_(\w+) /gm)].map(([, name]) => name);
  const [, section = ''] = /^## Metrics$(.*?)^## /ms.exec(read('docs/running-it.md')) ?? [];
  expect(metrics.length).toBeGreaterThan(10);
  expect(namesIn(section).toSorted()).toEqual(metrics.toSorted());
});
