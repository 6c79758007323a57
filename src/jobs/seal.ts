/** Encrypts the messages about one key's jobs. Without the key, a reader of Redis learns nothing and can forge nothing. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NAME_DIGITS = 32;

export class Seal {
  /** The name of the channel. It is the same in each process, and reveals nothing. */
  readonly name: string;
  readonly #key: Buffer;

  /** `scope` is the caller and the workspace. Processes share messages only if they may see the same rows. */
  constructor(token: string, scope: string) {
    const derive = (use: string) => createHmac('sha256', token).update(`${use}\n${scope}`);
    this.name = derive('name').digest('hex').slice(0, NAME_DIGITS);
    this.#key = derive('key').digest();
  }

  close(text: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce);
    const sealed = [cipher.update(text, 'utf8'), cipher.final()];
    return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]);
  }

  /** Returns undefined if it was not encrypted with this seal. */
  open(sealed: Buffer): string | undefined {
    const [nonce, tag] = [
      sealed.subarray(0, NONCE_BYTES),
      sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES),
    ];
    try {
      const decipher = createDecipheriv(CIPHER, this.#key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAuthTag(tag);
      const text = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString();
    } catch {
      return undefined;
    }
  }
}
