import type { Logger } from 'pino';
import * as z from 'zod';
import type { Webhook } from '../../auth/webhook-settings.ts';
import type { Services } from '../../context.ts';
import { Outage } from '../../observe/outage.ts';
import type { WebhookOutcome } from '../../observe/watch.ts';
import { jsonIn } from '../../upstream/json.ts';
import type { Clock } from '../clock.ts';
import { Message, messageId } from './message.ts';
import type { Post } from './post.ts';
import { delayAfter, LONGEST_MS, MAX_ATTEMPTS } from './retries.ts';

type Outbox = Services['ledger']['outbox'];
export type Item = Awaited<ReturnType<Outbox['after']>>[number];

export interface DeliveriesOptions {
  clock: Clock;
  outbox: Outbox;
  log: Logger;
  webhooks(): ReadonlyMap<string, Webhook>;
  post: Post;
  onOutcome(outcome: WebhookOutcome): void;
}

/** What the outbox keeps of a delivery. */
const State = z.object({ message: Message, attempts: z.number(), dueAt: z.number() });
type State = z.infer<typeof State>;

interface Delivery extends State {
  item: Item;
  isBusy: boolean;
  /** Whether the outbox has its current state. Nothing is sent before, so that each attempt says the same. */
  isSaved: boolean;
  /** Set when no attempt follows. */
  isOver: boolean;
}

/** The most messages that are sent to one receiver at once. A slow receiver delays no other. */
const MAX_AT_ONCE = 8;
/** The delay after which something is recorded again if the ledger fails. */
const RECORD_AGAIN_MS = 2000;

/** Tells receivers what their jobs have ended in, until each has been told once or is given up. */
export class Deliveries {
  readonly #options: DeliveriesOptions;
  readonly #open = new Map<string, Delivery>();
  readonly #inFlight = new Map<string, Set<Promise<void>>>();
  readonly #outages = new Map<string, Outage>();
  #isAsked = false;

  constructor(options: DeliveriesOptions) {
    this.#options = options;
  }

  get size() {
    return this.#open.size;
  }

  /** Epoch milliseconds of the end of the job that waits longest. Undefined if none does. */
  get oldestAt(): number | undefined {
    const times = Array.from(this.#open.values(), ({ message }) => Date.parse(message.timestamp));
    return times.length > 0 ? times.reduce((a, b) => Math.min(a, b)) : undefined;
  }

  has(id: string) {
    return this.#open.has(id);
  }

  add(item: Item, message: Message) {
    const dueAt = this.#options.clock.now();
    this.#open.set(item.id, this.#deliveryOf(item, { message, attempts: 0, dueAt }, false));
  }

  /** Goes on with what another process or an earlier one began. Returns false if the item holds no delivery. */
  resume(item: Item): boolean {
    const { success, data } = State.safeParse(jsonIn(Buffer.from(item.state ?? '')));
    if (!success) return false;
    // A later time is from before a clock was set back.
    const dueAt = Math.min(data.dueAt, this.#options.clock.now() + LONGEST_MS);
    this.#open.set(item.id, this.#deliveryOf(item, { ...data, dueAt }, true));
    return true;
  }

  /** Begins all that are due, as far as their receivers have room. Many calls at once are one. */
  work() {
    if (this.#isAsked) return;
    this.#isAsked = true;
    queueMicrotask(() => this.#work());
  }

  #work() {
    this.#isAsked = false;
    const now = this.#options.clock.now();
    for (const delivery of this.#open.values()) {
      if (delivery.isBusy || delivery.dueAt > now) continue;
      const { caller } = delivery.item;
      const inFlight = this.#inFlight.get(caller) ?? new Set();
      if (inFlight.size >= MAX_AT_ONCE) continue;
      const attempt = this.#advance(delivery).finally(() => {
        inFlight.delete(attempt);
        this.work();
      });
      this.#inFlight.set(caller, inFlight.add(attempt));
    }
  }

  /** Leaves the deliveries to another process, except those that are in flight, or are only to be removed from the outbox. */
  drop() {
    for (const [id, { isBusy, isOver }] of this.#open) {
      if (!isBusy && !isOver) this.#open.delete(id);
    }
  }

  /** Resolves when nothing is in flight. */
  async settled() {
    await Promise.all([...this.#inFlight.values()].flatMap((attempts) => [...attempts]));
  }

  #deliveryOf(item: Item, state: State, isSaved: boolean): Delivery {
    return { ...state, item, isSaved, isBusy: false, isOver: false };
  }

  async #advance(delivery: Delivery) {
    const { outbox, clock } = this.#options;
    const { id } = delivery.item;
    delivery.isBusy = true;
    try {
      if (!delivery.isSaved) await this.#save(delivery);
      if (!delivery.isOver) await this.#attempt(delivery);
      if (delivery.isOver) {
        await outbox.remove(id);
        this.#open.delete(id);
      } else await this.#save(delivery);
    } catch {
      // The ledger fails, which the rounds report. An attempt that was made is not made again by this process.
      delivery.dueAt = Math.max(delivery.dueAt, clock.now() + RECORD_AGAIN_MS);
    }
    delivery.isBusy = false;
  }

  async #save(delivery: Delivery) {
    const { message, attempts, dueAt, item } = delivery;
    delivery.isSaved = false;
    const state: State = { message, attempts, dueAt };
    await this.#options.outbox.note(item.id, JSON.stringify(state));
    delivery.isSaved = true;
  }

  async #attempt(delivery: Delivery) {
    const { webhooks, post, clock, onOutcome } = this.#options;
    const { item, message } = delivery;
    delivery.attempts++;
    try {
      const webhook = webhooks().get(item.caller);
      if (!webhook) throw new Error(`the gateway key ${item.caller} has no webhook any more`);
      await post(webhook, { id: messageId(item), body: JSON.stringify(message) });
    } catch (error) {
      onOutcome('failed');
      this.#outageOf(item.caller).failed(error);
      delivery.dueAt = clock.now() + delayAfter(delivery.attempts, clock.random());
      if (delivery.attempts >= MAX_ATTEMPTS) this.#giveUp(delivery, error);
      return;
    }
    delivery.isOver = true;
    onOutcome('delivered');
    this.#outageOf(item.caller).worked();
  }

  #giveUp(delivery: Delivery, error: unknown) {
    const { log, onOutcome } = this.#options;
    const { item, message, attempts } = delivery;
    const { type, data } = message;
    delivery.isOver = true;
    onOutcome('dead');
    const letter = { webhookId: messageId(item), caller: item.caller, type, ...data, attempts };
    log.error({ ...letter, err: error }, 'a message of a webhook was given up');
  }

  #outageOf(caller: string): Outage {
    const known = this.#outages.get(caller);
    if (known) return known;
    const { log, clock } = this.#options;
    const outage = new Outage(log, `the webhook of ${caller}`, () => clock.now());
    this.#outages.set(caller, outage);
    return outage;
  }
}
