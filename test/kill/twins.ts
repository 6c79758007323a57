/** Others, who make what looks alike: before, during and after. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Order, send } from './client.ts';
import { type Door, OPEN } from './door.ts';
import type { Ground, Mutation, Post } from './mutations.ts';

/** Astria itself, past all gateways. */
export class Strangers {
  readonly #astria: string;
  readonly #token: string;

  constructor(astria: string, token: string) {
    this.#astria = astria;
    this.#token = token;
  }

  async make({ path, body }: Post): Promise<number> {
    const answer = await fetch(this.#astria + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text).id : 0;
  }

  /** What there must be, to make something of it. */
  async ground(): Promise<Ground> {
    const tune = { name: 'woman', model_type: 'faceid', base_tune_id: 3618064 };
    const image_urls = ['https://a.example/1.jpg'];
    const tuneIds = await Promise.all(
      ['face', 'boots'].map((title) =>
        this.make({ path: '/tunes', body: { tune: { ...tune, title, image_urls } } }),
      ),
    );
    return { tuneIds, promptId: await this.#prompt() };
  }

  /** Each round has a prompt of its own to copy. */
  async groundOf(ground: Ground, { field }: Mutation): Promise<Ground> {
    return field === 'duplicatePrompt' ? { ...ground, promptId: await this.#prompt() } : ground;
  }

  #prompt() {
    return this.make({ path: '/tunes/1504944/prompts', body: { prompt: { text: 'a quay' } } });
  }
}

export const TWINS = [
  'alike', // In title or text alone, made by strangers.
  'older', // Equal in every field, long before.
  'answered', // Equal, by another request through a gateway of the same ledger.
  'lost', // The same, and its answer is lost too.
  'equal', // By strangers, at the same time.
] as const;
export type Twins = (typeof TWINS)[number];

/** Another gateway on the same ledger, and its way to Astria. */
export class Others {
  readonly url: string;
  readonly #lost = new Set<string | undefined>();

  constructor(url: string, door: Door) {
    this.url = url;
    door.gates = {
      ...OPEN,
      answer: async ({ method, mark }) =>
        method === 'POST' && this.#lost.has(mark) ? 'lost' : 'on',
    };
  }

  /** By another request, with a key of its own or without. One whose answer is lost is not waited for to its end. */
  async ask(order: Order, { isLost, isKeyed }: { isLost: boolean; isKeyed: boolean }) {
    if (isLost) this.#lost.add(order.mark);
    const asking = send(this.url, { ...order, key: isKeyed ? randomUUID() : undefined });
    await Promise.race([asking, ...(isLost ? [sleep(LOST_MS)] : [])]);
  }
}

const LOST_MS = 300;
