/** The proxies whose `X-Forwarded-For` is believed. */
import { BlockList, isIP } from 'node:net';
import * as z from 'zod';

const WANTED =
  'must be addresses or networks such as 10.0.0.0/8, fd00::/8 or 127.0.0.1, with commas between; leave it out if there is no proxy in front';
const EVERYBODY = 'must not trust everybody (/0): each client could then say that it is another';

export const TrustedProxy = z.string().transform((text, context): BlockList => {
  const list = new BlockList();
  for (const entry of text.split(',')) {
    const [address = '', bits, ...more] = entry.trim().split('/');
    const longest = isIP(address) === 6 ? 128 : 32;
    const prefix = bits === undefined ? longest : Number(bits);
    const isNetwork = /^\d+$/.test(bits ?? '0') && prefix <= longest && more.length === 0;
    if (!isIP(address) || !isNetwork) context.addIssue(WANTED);
    else if (prefix === 0) context.addIssue(EVERYBODY);
    else list.addSubnet(address, prefix, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
});
