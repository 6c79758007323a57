/** Recognizes hosts of networks that cannot be reached from outside. */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Loopback, private, shared and link-local addresses (RFC 6890). */
const INSIDE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  INSIDE.addSubnet(network, prefix, 'ipv4');
}
INSIDE.addSubnet('::', 127, 'ipv6');
INSIDE.addSubnet('fc00::', 7, 'ipv6');
INSIDE.addSubnet('fe80::', 10, 'ipv6');

/** Names that are not in public DNS, and those that clouds give to their machines. */
const INSIDE_NAME =
  /^(?:localhost|ip(?:-\d{1,3}){4})$|\.(?:localhost|internal|local|localdomain|lan|intranet|corp|svc|home\.arpa)$/i;

/**
 * Returns whether a host, which may have a port, is inside. In a web address a name without a dot is inside too
 * (`http://redis:6379`), and an address may be a single number (`http://2130706433`).
 */
export function isInside(host: string, { isWeb = false } = {}): boolean {
  const name = isWeb ? URL.parse(`http://${host}`)?.hostname : withoutPort(host);
  // No valid host.
  if (!name) return false;
  const address = name.replace(/^\[|\]$/g, '');
  if (isIPv4(address)) return INSIDE.check(address, 'ipv4');
  if (isIPv6(address)) return INSIDE.check(address, 'ipv6');
  const label = address.endsWith('.') ? address.slice(0, -1) : address;
  return (isWeb && !label.includes('.')) || INSIDE_NAME.test(label);
}

const withoutPort = (host: string) => {
  const [name = '', port] = host.split(':');
  const isOne = port !== undefined && host.indexOf(':') === host.lastIndexOf(':');
  if (isOne) return name;
  return host.startsWith('[') ? host.slice(0, host.indexOf(']') + 1) : host;
};
