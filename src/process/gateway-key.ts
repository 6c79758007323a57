/** `npm run gateway-key -- --name web --role write --workspaces 12,personal --day 5.00` prints a new secret and its entry. */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { GATEWAY_KEY_PREFIX, GatewayKeys, hashOfSecret } from '../auth/gateway-keys.ts';

const USAGE =
  'Options: --name web --role read [--workspaces 12,personal] [--documents only] [--day 5.00] [--month 100.00] [--webhook-url https://… --webhook-secret-file path]   (role: read or write)';

function main() {
  const options = {
    name: { type: 'string' },
    role: { type: 'string' },
    workspaces: { type: 'string' },
    documents: { type: 'string' },
    day: { type: 'string' },
    month: { type: 'string' },
    'webhook-url': { type: 'string' },
    'webhook-secret-file': { type: 'string' },
  } as const;
  const { values } = parseArgs({ options });
  const { name, role, workspaces, documents, day, month } = values;
  const { 'webhook-url': url, 'webhook-secret-file': secretFile } = values;
  const secret = GATEWAY_KEY_PREFIX + randomBytes(32).toString('base64url');
  const hash = `sha256:${hashOfSecret(secret).toString('hex')}`;
  const entry = {
    ...{ name, hash, role },
    ...(workspaces && { workspaces: workspaces.split(',') }),
    ...(documents && { documents }),
    ...((day ?? month) && { budget: { day, month } }),
    ...((url ?? secretFile) && { webhook: { url, secretFile } }),
  };
  const checked = GatewayKeys.safeParse(JSON.stringify([entry]));
  if (!checked.success) {
    const faults = checked.error.issues.map(
      ({ path, message }) => `--${optionAt(String(path.at(-1)))} ${message}`,
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

/** Returns the option that gives a property of the entry. */
function optionAt(property: string) {
  if (property === 'secretFile') return 'webhook-secret-file';
  return property === 'url' ? 'webhook-url' : property;
}

try {
  main();
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exitCode = 1;
}
