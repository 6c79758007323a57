import { expect, test } from 'vitest';
import { pathOf } from '../../src/upstream/path.ts';

test.each([
  ['/tunes/:id', { id: 1 }, undefined, '/tunes/1'],
  ['/p/:id_or_slug', { id_or_slug: 'a/../b c' }, undefined, '/p/a%2F..%2Fb%20c'],
  ['/tunes', undefined, { limit: 20, title: null, branch: undefined }, '/tunes?limit=20'],
  ['/tunes', undefined, { name: ['man', 'old man'] }, '/tunes?name%5B%5D=man&name%5B%5D=old+man'],
  ['/prompts', undefined, { liked: true, today: false }, '/prompts?liked=true'],
])('%s with %j and %j is %s', (template, params, query, path) => {
  expect(pathOf(template, params as never, query as never)).toBe(path);
});
