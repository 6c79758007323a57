import { randomBytes } from 'node:crypto';
import { GATEWAY_KEY_PREFIX, GatewayKeys, hashOfSecret } from '../../auth/gateway-keys.ts';
import { type Command, UsageError } from './command.ts';

export const command: Command = {
  about: `Makes a key for a caller, which needs a name and a role.
Prints the secret, and its entry in GATEWAY_KEYS.`,
  options: {
    name: { example: 'web', about: 'The name of the caller in logs.' },
    role: {
      example: 'read',
      about: 'read or write. A caller with read makes and changes nothing.',
    },
    workspaces: { example: '12,personal', about: 'All that the caller may use. Any if left out.' },
    documents: { example: 'only', about: 'only: the caller runs trusted documents alone.' },
    day: { example: '5.00', about: 'What the caller may spend in a day, in US dollars.' },
    month: { example: '100.00', about: 'The same for a month.' },
    'webhook-url': {
      example: 'https://shop.example/webhooks',
      about: 'Where a service of the caller is told what its writes end in.',
    },
    'webhook-secret-file': {
      example: '/run/secrets/webhook',
      about: 'The file with the secret that signs this, as the gateway finds it.',
    },
  },
  run({ name, role, workspaces, documents, day, month, ...webhook }) {
    const { 'webhook-url': url, 'webhook-secret-file': secretFile } = webhook;
    const secret = GATEWAY_KEY_PREFIX + randomBytes(32).toString('base64url');
    const hash = `sha256:${hashOfSecret(secret).toString('hex')}`;
    const entry = {
      ...{ name, hash, role },
      ...(workspaces !== undefined && { workspaces: workspaces.split(',') }),
      ...(documents !== undefined && { documents }),
      ...((day ?? month) !== undefined && { budget: { day, month } }),
      ...((url ?? secretFile) !== undefined && { webhook: { url, secretFile } }),
    };
    check(entry);
    console.log(`
The secret, for the caller. It is shown once, and stored nowhere:

  ${secret}

Its entry in GATEWAY_KEYS, which is a JSON array of such entries, or @ and the path of a file that holds one:

  ${JSON.stringify(entry)}
`);
  },
};

/** Returns the option that gives a property of the entry. */
function optionAt(property: string | undefined) {
  if (property === 'url' || property === 'webhook') return 'webhook-url';
  return property === 'secretFile' ? 'webhook-secret-file' : property;
}

/** Checks an entry as GATEWAY_KEYS is checked. */
function check(entry: object) {
  const checked = GatewayKeys.safeParse(JSON.stringify([entry]));
  if (checked.success) return;
  const faults = checked.error.issues.map(
    ({ path, message }) =>
      `--${optionAt(path.findLast((part) => typeof part === 'string'))} ${message}`,
  );
  // Each item of a list may have the same fault.
  throw new UsageError([...new Set(faults)].join('\n'));
}
