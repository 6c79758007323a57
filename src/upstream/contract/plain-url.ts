/**
 * The scheme, the host and the slash of an address that `new URL` certainly takes: no label with the double hyphen
 * that Punycode needs, a last one that cannot be a part of an IPv4 address, a port that can be.
 */
export const PLAIN_ORIGIN =
  /^https?:\/\/(?:(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)*[a-z]+|127\.0\.0\.1)(?::\d{1,4}|:[1-5]\d{4})?\//;

/** What zod takes out of an address, as `new URL` does. */
const TAKEN_OUT = /[\t\n\r]/;

/**
 * A test for one field: true where an address is sound and zod would leave it as it is, false where that takes a
 * closer look. After a sound origin nothing can be wrong with an address, and all that zod still changes are white
 * space at its end and what it takes out. A field nearly always names the same host, so comparing the origin with
 * the last one, cheaper than matching it, is enough.
 */
export function plainUrlTest(): (text: string) => boolean {
  let origin = '';
  return (text) => {
    if (origin === '' || !text.startsWith(origin)) {
      const match = PLAIN_ORIGIN.exec(text);
      if (!match) return false;
      origin = match[0];
    }
    const last = text.charCodeAt(text.length - 1);
    return last > 0x20 && last < 0x7f && !TAKEN_OUT.test(text);
  };
}
