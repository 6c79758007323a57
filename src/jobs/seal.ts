/** What processes tell each other of one key's jobs: who can read Redis, and has not the key itself, learns nothing, and can forge nothing. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NAME_DIGITS = 32;

export class Seal {
  /** The same in each process, and nothing can be learnt from it. */
  readonly name: string;
  readonly #key: Buffer;

  /** `scope`: who waits, and where; processes that are told of the same have to see the same. */
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

  /** Undefined where it was not closed with this one. */
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
