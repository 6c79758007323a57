/** Who uses the gateway during the storm: callers of the held key, and some with a key of Astria's of their own. */
import type { Emulator } from '../../src/emulator/serve.ts';
import { bearer, gatewayKeys, UNKNOWN_COSTS } from '../support/gateway-keys.ts';

export const HELD = 'sd_demo';
/** Who may use one workspace only. */
export const BOUND = 'shop';
const WORKSPACE = 679;
/** Enough for whatever is made. */
const RICH_MC = 1e15;

export interface Party {
  name: string;
  headers: Record<string, string>;
  /** Whose account at Astria it is. */
  account: string;
  mayWrite: boolean;
  isBound: boolean;
  /** Astria's own idempotency: an account's setting. */
  isIdempotent: boolean;
  /** A prompt to be copied, in the place that it sees. */
  newOriginal(): number;
}

/** What the gateway is told of them. */
export const ACCESS = {
  ASTRIA_AUTH_TOKEN: HELD,
  ALLOW_CALLER_KEYS: 'on',
  GATEWAY_KEYS: gatewayKeys(
    { name: 'web' },
    { name: BOUND, workspaces: [String(WORKSPACE)] },
    { name: 'desk', role: 'read' },
  ),
  // More than is ever spent.
  BUDGET_MONTH: '900000000',
  ...UNKNOWN_COSTS,
};

export function openAccounts(emulator: Emulator): Party[] {
  for (const key of [HELD, 'sd_ines', 'sd_otto']) emulator.account(key).balanceMc = RICH_MC;
  emulator.account('sd_otto').idempotent = true;
  const originalIn =
    (key: string, workspace_id: number | null = null) =>
    () =>
      emulator.account(key).addPrompt({ text: 'an original', workspace_id }).id;
  const common = { mayWrite: true, isBound: false, isIdempotent: false };
  const held = (name: string) => ({ ...common, name, headers: bearer(name), account: HELD });
  const own = (name: string) => ({
    ...common,
    name,
    headers: { authorization: `Bearer sd_${name}` },
    account: `sd_${name}`,
    newOriginal: originalIn(`sd_${name}`),
  });
  const inside = { 'x-workspace-id': String(WORKSPACE) };
  return [
    { ...held('web'), newOriginal: originalIn(HELD) },
    {
      ...held(BOUND),
      headers: { ...bearer(BOUND), ...inside },
      isBound: true,
      newOriginal: originalIn(HELD, WORKSPACE),
    },
    { ...held('desk'), mayWrite: false, newOriginal: () => 0 },
    own('ines'),
    { ...own('otto'), isIdempotent: true },
  ];
}
