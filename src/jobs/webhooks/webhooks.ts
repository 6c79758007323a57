/** Takes the results that are in the ledger's outbox, waits until they are done, and has their receivers told. */
import { randomUUID } from 'node:crypto';
import { Outage } from '../../observe/outage.ts';
import { type Job, jobNamed } from '../job.ts';
import { endOf, type Sighting } from '../sighting.ts';
import type { Watcher } from '../watcher.ts';
import type { Audience } from '../watchlist.ts';
import { Deliveries, type DeliveriesOptions, type Item } from './deliveries.ts';
import { messageOf } from './message.ts';

interface WebhooksOptions extends DeliveriesOptions {
  /** Returns the watcher of the jobs of a gateway key in a workspace. */
  watcherFor(recipient: Pick<Item, 'caller' | 'place'>): Watcher;
}

/** A job that is not done. */
interface Waiting {
  item: Item;
  job: Job;
  takenAt: number;
  /** When it is watched, unless it is. */
  watchAt: number;
  stop: (() => void) | undefined;
}

/** The interval at which a process looks for what is new, and keeps its lease. */
const EVERY_MS = 2000;
const PAGE = 1000;
/** A job that Astria does not show within this time is gone. A new one may be missing from its lists for a moment. */
const UNSEEN_MS = 60_000;
const LOOK_AGAIN_MS = 10_000;
/** The delay after which a job is watched again if Astria has refused the held key. */
const REFUSED_MS = 60_000;

export class Webhooks {
  readonly #options: WebhooksOptions;
  readonly #deliveries: Deliveries;
  readonly #me = randomUUID();
  readonly #waiting = new Map<string, Waiting>();
  readonly #outage: Outage;
  /** The newest item that was taken. */
  #newest = 0;
  #cancel: (() => void) | undefined;
  #isOver = false;

  constructor(options: WebhooksOptions) {
    this.#options = options;
    this.#deliveries = new Deliveries(options);
    this.#outage = new Outage(options.log, 'the outbox of webhooks');
    this.#schedule();
  }

  /** The jobs that are not done, the messages that are still to be delivered, and when the first of them ended. */
  get backlog() {
    const { size: undelivered, oldestAt } = this.#deliveries;
    return { waiting: this.#waiting.size, undelivered, oldestAt };
  }

  /** Leaves everything to another process when what is in flight is done. */
  async stop() {
    this.#isOver = true;
    this.#cancel?.();
    this.#drop();
    await this.#deliveries.settled();
    await this.#options.outbox.resign(this.#me).catch(() => {});
  }

  #schedule() {
    if (this.#isOver) return;
    const { clock } = this.#options;
    this.#cancel = clock.wakeAt(clock.now() + EVERY_MS, () => void this.#round());
  }

  async #round() {
    try {
      await this.#look();
      this.#outage.worked();
    } catch (error) {
      // After a failover of Redis something may be missing, so all is read again.
      this.#drop();
      this.#outage.failed(error);
    }
    this.#schedule();
  }

  /** One process works on the outbox. It holds all items in memory, and the outbox has them in case it ends. */
  async #look() {
    const { outbox, webhooks } = this.#options;
    const leads = webhooks().size > 0 && (await outbox.lead(this.#me));
    if (!leads || this.#isOver) return this.#drop();
    for (let isMore = true; isMore && !this.#isOver; ) {
      const items = await outbox.after(this.#newest, PAGE);
      for (const item of items) this.#take(item);
      isMore = items.length === PAGE;
    }
    this.#watchAll();
    this.#deliveries.work();
  }

  #take(item: Item) {
    this.#newest = item.seq;
    if (this.#waiting.has(item.id) || this.#deliveries.has(item.id)) return;
    if (this.#deliveries.resume(item)) return;
    const now = this.#options.clock.now();
    const job = jobNamed(item.object);
    this.#waiting.set(item.id, { item, job, takenAt: now, watchAt: now, stop: undefined });
  }

  #watchAll() {
    if (this.#isOver) return;
    const now = this.#options.clock.now();
    for (const waiting of this.#waiting.values()) {
      if (waiting.stop || waiting.watchAt > now) continue;
      const watcher = this.#options.watcherFor(waiting.item);
      waiting.stop = watcher.watchUnread([waiting.job], this.#audienceOf(waiting));
    }
  }

  #audienceOf(waiting: Waiting): Audience {
    const { clock } = this.#options;
    const watchAfter = (ms: number) => {
      waiting.stop = undefined;
      waiting.watchAt = clock.now() + ms;
    };
    return {
      seen: (sighting) => {
        const end = endOf(sighting.version);
        if (!end) return;
        const isNew = clock.now() - waiting.takenAt < UNSEEN_MS;
        if (end === 'GONE' && isNew) watchAfter(LOOK_AGAIN_MS);
        else this.#end(waiting, sighting);
      },
      failed: () => watchAfter(REFUSED_MS),
    };
  }

  #end({ item }: Waiting, sighting: Sighting) {
    const end = endOf(sighting.version);
    if (!end || !this.#waiting.delete(item.id)) return;
    this.#deliveries.add(item, messageOf(sighting, end, this.#options.clock.now()));
    this.#deliveries.work();
  }

  #drop() {
    this.#newest = 0;
    for (const { stop } of this.#waiting.values()) stop?.();
    this.#waiting.clear();
    this.#deliveries.drop();
  }
}
