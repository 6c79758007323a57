/** What is printed at a terminal, which no test has. */
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { greeting } from '../../src/process/greeting.ts';

const HASH = `sha256:${'ab'.repeat(32)}`;
const local = { address: '127.0.0.1', family: 'IPv4', port: 4000 };

const printed = (environment: Record<string, string>, address = local) =>
  greeting(readConfig(environment), address);

test('people are told where to ask, and how', () => {
  const text = printed({});
  expect(text).toContain('GraphiQL     http://127.0.0.1:4000/graphql ');
  expect(text).not.toContain('MCP');
  expect(printed({ MCP: 'on' })).toContain('MCP          http://127.0.0.1:4000/mcp\n');
  expect(text).toContain('AN EMBEDDED EMULATOR, not Astria');
  expect(text).toContain('Try:  curl http://127.0.0.1:4000/graphql ');
});

test('the address of the subgraph is told where it is on', () => {
  expect(printed({ SUBGRAPH: 'on' })).toContain(
    '(POST)\n  Subgraph     http://127.0.0.1:4000/subgraph\n  Upstream',
  );
  expect(printed({})).not.toContain('Subgraph');
});

test('the key that is to be sent is shown as one to fill in', () => {
  const keys = JSON.stringify([{ name: 'web', hash: HASH, role: 'read' }]);
  const held = printed({ ASTRIA_AUTH_TOKEN: 'sd_secret', GATEWAY_KEYS: keys, GRAPHIQL: 'off' });
  expect(held).toMatch(/GraphiQL +off\n/);
  expect(held).toContain("'Authorization: Bearer gk_YOUR_KEY'");
  expect(held).not.toContain('sd_secret');
  expect(held).not.toContain('abab');
  const passed = printed({ ASTRIA_BASE_URL: 'http://127.0.0.1:9' });
  expect(passed).toContain("'Authorization: Bearer sd_YOUR_KEY'");
});

test('an address of IPv6 is written as addresses are, and all of them as localhost', () => {
  expect(printed({}, { ...local, address: '::1', family: 'IPv6' })).toContain('http://[::1]:4000/');
  expect(printed({}, { ...local, address: '::', family: 'IPv6' })).toContain(
    'http://localhost:4000/',
  );
});
