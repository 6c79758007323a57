import type { IncomingMessage } from 'node:http';
import { type BlockList, isIP } from 'node:net';

type Sender = Pick<IncomingMessage, 'socket' | 'headers'>;

/**
 * Returns the address of the client: the peer of the connection or, if that is a trusted proxy, the address that the proxy
 * names. Each proxy appends its peer to `X-Forwarded-For`. What is left of the first untrusted address may have been written by
 * anybody.
 */
export function createClientAddress(trusted: BlockList | undefined): (request: Sender) => string {
  if (!trusted) return ({ socket }) => placeOf(socket.remoteAddress);
  return ({ socket, headers }) => {
    let address = plain(socket.remoteAddress ?? '');
    const named = String(headers['x-forwarded-for'] ?? '').split(',');
    while (isTrusted(trusted, address)) {
      const next = withoutPort(named.pop()?.trim() ?? '');
      if (!isIP(next)) break;
      address = plain(next);
    }
    return placeOf(address);
  };
}

const isTrusted = (trusted: BlockList, address: string) =>
  isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Some proxies write `192.0.2.1:4711` and `[2001:db8::1]:4711`. */
const withoutPort = (text: string) =>
  /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;

/** A socket for both versions shows an IPv4 address as `::ffff:192.0.2.1`. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** Returns the network of an IPv6 address, `2001:db8:0:1::/64`: whoever has one address there has all of them. */
function placeOf(given: string | undefined): string {
  const address = plain(given ?? 'unknown');
  if (!address.includes(':')) return address;
  const [before = '', after] = address.split('::');
  const left = before.split(':');
  const right = after?.split(':') ?? [];
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = [...left, ...zeros, ...right].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group || '0', 16).toString(16)).join(':')}::/64`;
}
