/**
 * Makes and checks the address that Astria posts to when something is done. It is the same for everything that one key makes in
 * one workspace. The account's own idempotency compares callbacks, so with an id or a time in it, no two requests would be equal.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Place } from '../scope.ts';
import type { CallbackConfig } from './callback-settings.ts';

const PATH = /\/callbacks\/([0-9a-f]{6})\.([0-9a-f]{16})-(personal|all|\d+)\.([\w-]{22})$/;
const VERSION_DIGITS = 6;
const OWNER_DIGITS = 16;
const MAC_BYTES = 16;

/** Returns whether it has the form of our callbacks, whatever its signature. */
export const isOurCallback = (url: string) => URL.canParse(url) && PATH.test(new URL(url).pathname);

interface Signer {
  /** Identifies the secret in an address. */
  version: string;
  secret: string;
}

export class CallbackAddresses {
  readonly #publicUrl: string;
  readonly #signers: readonly [Signer, ...Signer[]];

  constructor({ publicUrl, secrets: [newest, ...older] }: CallbackConfig) {
    this.#publicUrl = publicUrl;
    this.#signers = [signerOf(newest), ...older.map(signerOf)];
  }

  addressFor(token: string, place: Place): string {
    const [signer] = this.#signers;
    const owner = `${ownerOf(signer, token)}-${place ?? 'personal'}`;
    const mac = macOf(signer, owner).toString('base64url');
    return `${this.#publicUrl}/callbacks/${signer.version}.${owner}.${mac}`;
  }

  /** Returns the names that a key has in addresses, one for each secret. */
  ownersOf(token: string): string[] {
    return this.#signers.map((signer) => ownerOf(signer, token));
  }

  /** Returns the owner of an address. Undefined if none of our secrets signed it. */
  ownerAt(path: string): string | undefined {
    const [, version, owner = '', place, mac = ''] = PATH.exec(path) ?? [];
    const signer = this.#signers.find((one) => one.version === version);
    if (!signer) return undefined;
    const given = Buffer.from(mac, 'base64url');
    const isOurs = timingSafeEqual(macOf(signer, `${owner}-${place}`), given);
    return isOurs ? owner : undefined;
  }
}

const signerOf = (secret: string): Signer => ({
  secret,
  version: sign(secret, 'version').toString('hex').slice(0, VERSION_DIGITS),
});

/** Returns the name of a key, from which nothing can be learnt about the key. */
const ownerOf = ({ secret }: Signer, token: string) =>
  sign(secret, `owner\n${token}`).toString('hex').slice(0, OWNER_DIGITS);

const macOf = ({ secret, version }: Signer, owner: string) =>
  sign(secret, `address\n${version}.${owner}`).subarray(0, MAC_BYTES);

const sign = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest();
