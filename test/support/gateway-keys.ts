/** Callers of a gateway that holds Astria's key itself. */
import { hashOfSecret } from '../../src/auth/gateway-keys.ts';

export interface TestKey {
  name: string;
  role?: 'read' | 'write';
  workspaces?: readonly string[];
  documents?: 'only';
  budget?: { day?: string; month?: string };
  webhook?: { url: string; secretFile: string } | undefined;
}

/** Long and random in earnest; here one can see whose it is. */
export const secretOf = (name: string) => `gk_secret-of-${name}`;

export const bearer = (name: string) => ({ authorization: `Bearer ${secretOf(name)}` });

/** The value of `GATEWAY_KEYS`. */
export const gatewayKeys = (...keys: TestKey[]) =>
  JSON.stringify(
    keys.map(({ name, role = 'write', ...more }) => ({
      name,
      hash: `sha256:${hashOfSecret(secretOf(name)).toString('hex')}`,
      role,
      ...more,
    })),
  );

/** In dollars, for what nobody can estimate. */
export const UNKNOWN_COSTS = {
  BUDGET_UNKNOWN_IMAGE: '0.10',
  BUDGET_UNKNOWN_VIDEO: '5',
  BUDGET_UNKNOWN_TUNE: '2',
};
