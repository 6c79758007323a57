/** What reached Astria, whatever was sent to the gateway. */
import type { Emulator } from '../../src/emulator/serve.ts';

const KEY = /^Bearer sd_[\w-]+$/;
const PLACE = /^(?:[1-9]\d*|all)$/;
const ID = '(?:[1-9]\\d*)';
const PATHS = [
  ...[
    '/users',
    '/workspaces.json',
    `/workspaces/${ID}.json`,
    '/cli/models',
    '/themes',
    '/images/(?:inspect|describe|class_name)',
    '/videos/inspect(?:/[\\w-]+)?',
  ],
  ...[
    '/tunes',
    '/gallery/tunes',
    `/tunes/${ID}`,
    `/tunes/${ID}/prompts`,
    '/packs',
    '/gallery/packs',
  ],
  ...[
    '/prompts',
    `/prompts/${ID}`,
    `/prompts/${ID}/(?:duplicate|likes)`,
    '/p/[\\w-]+',
    '/p/[\\w-]+/tunes',
  ],
];
const KNOWN = new RegExp(`^(?:${PATHS.join('|')})(?:\\?[\\x21-\\x7e]*)?$`);

/** Empties what it has looked at. */
export function faultsOfCalls(emulator: Emulator): string[] {
  const faults = emulator.requests.flatMap(({ method, path, headers }) => {
    const { authorization, 'x-workspace-id': place } = headers;
    const names = Object.keys(headers).filter((name) => name.includes('injected'));
    // Whether Astria answers at all is asked without a key.
    const isPublic = path.startsWith('/gallery') || ['/cli/models', '/users'].includes(path);
    return [
      ...(KNOWN.test(path) ? [] : ['a path that Astria has not']),
      ...(KEY.test(authorization ?? '') || (isPublic && !authorization) ? [] : ['a strange key']),
      ...(place === undefined || PLACE.test(place) ? [] : [`a strange workspace, ${place},`]),
      ...names.map((name) => `the header ${name}`),
    ].map((what) => `${what} reached Astria: ${method} ${path}`);
  });
  emulator.clearRequests();
  return [...new Set(faults)];
}
