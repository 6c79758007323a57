/**
 * The address that Astria posts to when something is done. It is the same for all that one key makes in one workspace: with an
 * id or a time in it, the account's own idempotency, which compares callbacks, would tell everything apart.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Place } from '../scope.ts';
import type { CallbackConfig } from './callback-settings.ts';

const PATH = /\/callbacks\/([0-9a-f]{6})\.([0-9a-f]{16})-(personal|all|\d+)\.([\w-]{22})$/;
const VERSION_DIGITS = 6;
const OWNER_DIGITS = 16;
const MAC_BYTES = 16;

/** Whether it is one of ours, whoever has signed it. */
export const isOurCallback = (url: string) => URL.canParse(url) && PATH.test(new URL(url).pathname);

interface Signer {
  /** Says which secret it was. */
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

  /** The names that a key has in addresses. */
  ownersOf(token: string): string[] {
    return this.#signers.map((signer) => ownerOf(signer, token));
  }

  /** Whose address it is; undefined where nobody here has signed it. */
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

/** Of the key nothing can be learnt from it. */
const ownerOf = ({ secret }: Signer, token: string) =>
  sign(secret, `owner\n${token}`).toString('hex').slice(0, OWNER_DIGITS);

const macOf = ({ secret, version }: Signer, owner: string) =>
  sign(secret, `address\n${version}.${owner}`).subarray(0, MAC_BYTES);

const sign = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest();
