/** Takes the results that are in the ledger's outbox, waits until they are done, and has their receivers told. */
import { randomUUID } from 'node:crypto';
import { Outage } from '../../observe/outage.ts';
import { jobNamed } from '../job.ts';
import { endOf, type Sighting } from '../sighting.ts';
import type { Watcher } from '../watcher.ts';
import type { Audience, Wait } from '../watchlist.ts';
import { Deliveries, type DeliveriesOptions, type Item } from './deliveries.ts';
import { messageOf } from './message.ts';

interface WebhooksOptions extends DeliveriesOptions {
  /** Returns the watcher of the jobs of a gateway key in a workspace. */
  watcherFor(recipient: Pick<Item, 'caller' | 'place'>): Watcher;
}

/** A job that is not done. */
interface Waiting extends Wait {
  item: Item;
  takenAt: number;
  /** When it is watched, unless it is. */
  watchAt: number;
  /** Undefined if it is not watched. */
  watcher: Watcher | undefined;
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
  #hasLed = false;
  #isOver = false;

  constructor(options: WebhooksOptions) {
    this.#options = options;
    this.#deliveries = new Deliveries(options);
    this.#outage = new Outage(options.log, 'the outbox of webhooks');
    this.begin();
  }

  /** Begins if a key has a webhook. Has no effect if it has begun. */
  begin() {
    if (!this.#cancel) this.#schedule();
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
    if (this.#hasLed) await this.#options.outbox.resign(this.#me).catch(() => {});
  }

  #schedule() {
    const { clock, webhooks } = this.#options;
    this.#cancel = undefined;
    if (this.#isOver || webhooks().size === 0) return this.#drop();
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
    const { outbox } = this.#options;
    if (!(await outbox.lead(this.#me)) || this.#isOver) return this.#drop();
    this.#hasLed = true;
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
    const audience: Audience = {
      seen: (sighting) => this.#seen(waiting, sighting),
      failed: () => this.#watchAfter(waiting, REFUSED_MS),
    };
    const waiting: Waiting = {
      ...{ item, job: jobNamed(item.object), audience },
      ...{ takenAt: now, watchAt: now, watcher: undefined },
    };
    this.#waiting.set(item.id, waiting);
  }

  #watchAll() {
    if (this.#isOver) return;
    const { clock, watcherFor } = this.#options;
    const now = clock.now();
    const due = [...this.#waiting.values()].filter(
      ({ watcher, watchAt }) => !watcher && watchAt <= now,
    );
    // A watcher that nobody waits with is forgotten, so each gets its jobs at once.
    for (const waits of Map.groupBy(due, ({ item }) => `${item.caller} ${item.place}`).values()) {
      const watcher = watcherFor((waits[0] as Waiting).item);
      for (const waiting of waits) waiting.watcher = watcher;
      watcher.watchUnread(waits);
    }
  }

  #watchAfter(waiting: Waiting, ms: number) {
    waiting.watcher = undefined;
    waiting.watchAt = this.#options.clock.now() + ms;
  }

  #seen(waiting: Waiting, sighting: Sighting) {
    const end = endOf(sighting.version);
    if (!end) return;
    const now = this.#options.clock.now();
    const { item, takenAt } = waiting;
    if (end === 'GONE' && now - takenAt < UNSEEN_MS) {
      return this.#watchAfter(waiting, LOOK_AGAIN_MS);
    }
    if (!this.#waiting.delete(item.id)) return;
    this.#deliveries.add(item, messageOf(sighting, end, now));
    this.#deliveries.work();
  }

  #drop() {
    this.#newest = 0;
    const watched = [...this.#waiting.values()].filter(({ watcher }) => watcher);
    for (const [watcher, waits] of Map.groupBy(watched, ({ watcher }) => watcher)) {
      watcher?.leave(waits);
    }
    this.#waiting.clear();
    this.#deliveries.drop();
  }
}
