/** Which addresses a webhook may lead to. Otherwise its receiver could make the gateway call hosts of the inside. */
import { BlockList, isIP } from 'node:net';

const listOf = (...networks: [address: string, prefix: number][]) => {
  const list = new BlockList();
  for (const [address, prefix] of networks) list.addSubnet(address, prefix, familyOf(address));
  return list;
};

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Hosts of the own machine and of the own network. */
const PRIVATE = listOf(
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
);

/** Link-local, where clouds serve credentials of machines; multicast; reserved; and ways to write IPv4 addresses in IPv6. */
const UNUSABLE = listOf(
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
);

/** Where clouds serve credentials of machines at addresses that are not link-local. */
const METADATA = listOf(
  // Alibaba.
  ['100.100.100.200', 32],
  // Azure.
  ['168.63.129.16', 32],
  // AWS, Google, Oracle, Scaleway.
  ['fd00:ec2::254', 128],
  ['fd20:ce::254', 128],
  ['fd00:c1::a9fe:a9fe', 128],
  ['fd00:42::42', 128],
);

/** All IPv6 addresses that are assigned to public hosts, and IPv4 addresses in IPv6, which are checked as what they are. */
const ASSIGNED_IPV6 = listOf(['2000::', 3], ['::ffff:0:0', 96]);

function kindOf(address: string): 'public' | 'private' | 'unusable' {
  const family = familyOf(address);
  if (METADATA.check(address, family)) return 'unusable';
  if (PRIVATE.check(address, family)) return 'private';
  if (family === 'ipv6' && !ASSIGNED_IPV6.check(address, family)) return 'unusable';
  return UNUSABLE.check(address, family) ? 'unusable' : 'public';
}

export interface AddressRules {
  /** Whether addresses of private networks are allowed. */
  allowsPrivate: boolean;
  /** Whether it is called by https. Plain http stays within private networks. */
  isSecure: boolean;
}

/** Returns why a webhook may not lead to an address. Undefined if it may. */
export function faultOfAddress(address: string, { allowsPrivate, isSecure }: AddressRules) {
  // A zone, as in fe80::1%eth0, is no part of the address.
  const kind = kindOf(address.replace(/%.*/, ''));
  if (kind === 'unusable') return `${address} is no address of a receiver`;
  if (kind === 'private' && !allowsPrivate) {
    return `${address} is in a private network, which needs WEBHOOK_PRIVATE_NETWORKS=on`;
  }
  if (kind === 'public' && !isSecure) return `${address} is public, which needs https`;
  return undefined;
}

/** Returns why a webhook may not lead to a host that is an address. Undefined for names, whose addresses are checked later. */
export function faultOfHost(url: string, allowsPrivate: boolean): string | undefined {
  const { hostname, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const rules = { allowsPrivate, isSecure: protocol === 'https:' };
  return isIP(host) ? faultOfAddress(host, rules) : undefined;
}
