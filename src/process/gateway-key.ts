/** `npm run gateway-key -- --name web --role write --workspaces 12,personal --day 5.00` prints a new secret and its entry. */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { GATEWAY_KEY_PREFIX, GatewayKeys, hashOfSecret } from '../auth/gateway-keys.ts';

const USAGE =
  'Options: --name web --role read [--workspaces 12,personal] [--documents only] [--day 5.00] [--month 100.00]   (role: read or write)';

function main() {
  const options = {
    name: { type: 'string' },
    role: { type: 'string' },
    workspaces: { type: 'string' },
    documents: { type: 'string' },
    day: { type: 'string' },
    month: { type: 'string' },
  } as const;
  const { name, role, workspaces, documents, day, month } = parseArgs({ options }).values;
  const secret = GATEWAY_KEY_PREFIX + randomBytes(32).toString('base64url');
  const hash = `sha256:${hashOfSecret(secret).toString('hex')}`;
  const entry = {
    ...{ name, hash, role },
    ...(workspaces && { workspaces: workspaces.split(',') }),
    ...(documents && { documents }),
    ...((day ?? month) && { budget: { day, month } }),
  };
  const checked = GatewayKeys.safeParse(JSON.stringify([entry]));
  if (!checked.success) {
    const faults = checked.error.issues.map(
      ({ path, message }) => `--${String(path.at(-1))} ${message}`,
    );
    throw new Error(faults.join('\n'));
  }
  console.log(`
The secret, for the caller; it is told this once and kept nowhere:

  ${secret}

Its entry in GATEWAY_KEYS, which is a JSON array of such, or @ and the path of a file that holds it:

  ${JSON.stringify(entry)}
`);
}

try {
  main();
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exitCode = 1;
}
