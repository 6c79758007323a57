import { bearer, gatewayKeys, type TestKey } from './gateway-keys.ts';
import { startStudio } from './studio.ts';

/** Of three places, each with a tune (10, 11, 12), a prompt (20 …) and a pack (30 …): personal, 679, 683. */
export async function startBound(workspaces: TestKey['workspaces'] = ['679'], environment = {}) {
  const GATEWAY_KEYS = gatewayKeys({ name: 'bound', workspaces }, { name: 'free' });
  const studio = await startStudio({ environment: { GATEWAY_KEYS, ...environment } });
  // Ids of Astria's are unique: the gallery's must not be these.
  for (const id of [10, 11, 12]) studio.emulator.gallery.deleteTune(id);
  const ask = (query: string, headers: Record<string, string> = {}) =>
    studio.run(query, {}, { ...bearer('bound'), ...headers });
  return { ...studio, ask };
}

export const IN_679 = { 'x-workspace-id': '679' };
