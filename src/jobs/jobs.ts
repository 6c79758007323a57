/** Everything of jobs that lives as long as the process. */
import { hash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Caller, CallerBudget } from '../auth/caller.ts';
import type { Callers } from '../auth/callers.ts';
import type { Config } from '../config.ts';
import { type Context, createContext, type Services } from '../context.ts';
import { Outage } from '../observe/outage.ts';
import type { Watch } from '../observe/watch.ts';
import { type Place, scopeIn } from '../scope.ts';
import { CallLog } from '../upstream/call-log.ts';
import type { Credential } from '../upstream/credential.ts';
import { TooManyCalls } from '../upstream/errors.ts';
import { Callbacks } from './callbacks.ts';
import { type Clock, timersOf } from './clock.ts';
import { FanOut } from './fan-out.ts';
import { type Job, type ReadJobs, readJob } from './job.ts';
import { Seats } from './seats.ts';
import { Settling } from './settling.ts';
import { momentOf, type Sighting } from './sighting.ts';
import type { Asking, Waiting } from './waiting.ts';
import { Watcher } from './watcher.ts';
import { createPost } from './webhooks/post.ts';
import { Webhooks } from './webhooks/webhooks.ts';

const MAX_FAREWELL_MS = 2000;

type JobsConfig = Pick<
  Config,
  | ('callbacks' | 'maxStreams' | 'maxStreamsPerCaller' | 'shutdownTimeoutMs')
  | ('gatewayKeys' | 'hasPrivateWebhooks')
>;

type KeyHolders = Pick<Callers, 'held' | 'budgets' | 'webhooks'>;

/** Polls make their contexts from these services. */
interface JobsDeps extends Omit<Services, 'jobs'> {
  config: Services['config'] & JobsConfig;
  /** Shares polls with other processes. Undefined if each process polls for itself. */
  redis?: Redis | undefined;
  /** Undefined if metrics and logs are off. */
  watch?: Pick<Watch, 'onJobs'> | undefined;
  /** Undefined if there are neither budgets nor webhooks. */
  callers?: KeyHolders | undefined;
  /** Undefined: no limit for events. */
  rateLimits?: { spend(name: string, operations: number): Promise<void> } | undefined;
}

export class Jobs implements Waiting {
  readonly clock: Clock;
  readonly seats: Seats;
  /** Undefined if callbacks are off. */
  readonly callbacks: Callbacks | undefined;
  readonly #deps: JobsDeps & { jobs: Waiting };
  readonly #fanOut: FanOut | undefined;
  readonly #watchers = new Map<string, Watcher>();
  readonly #stopping = new AbortController();
  readonly #settling: Settling | undefined;
  readonly #webhooks: Webhooks | undefined;
  #delivered: Promise<void> | undefined;

  constructor(deps: JobsDeps, clock: Clock = timersOf(deps.now)) {
    const { config, redis, log } = deps;
    this.#deps = { ...deps, jobs: this };
    this.clock = clock;
    const onCallback = config.callbacks && ((text: string) => this.callbacks?.hear(text));
    const fanOut = redis && new FanOut({ redis, clock, log, onCallback });
    this.#fanOut = fanOut;
    this.callbacks =
      config.callbacks &&
      new Callbacks(config.callbacks, {
        onCallback: (outcome) => deps.watch?.onJobs({ kind: 'callback', outcome }),
        tellOthers: fanOut && ((text) => fanOut.tellCallback(text)),
      });
    this.seats = new Seats({
      clock,
      maxStreams: config.maxStreams,
      maxPerCaller: config.maxStreamsPerCaller,
      farewellMs: Math.min(MAX_FAREWELL_MS, config.shutdownTimeoutMs / 4),
    });
    const { callers } = deps;
    this.#settling = config.unknownCosts && callers && this.#settlingFor(callers);
    // A key may get a webhook later. Without a key there never is one.
    this.#webhooks =
      callers && config.gatewayKeys.length > 0 ? this.#webhooksFor(callers) : undefined;
  }

  /** The number of jobs that are watched. */
  get watched(): number {
    let sum = 0;
    for (const { size } of this.#watchers.values()) sum += size;
    return sum;
  }

  /** What is still to be told to webhooks. Undefined if there are no gateway keys. */
  get webhookBacklog() {
    return this.#webhooks?.backlog;
  }

  /** Ends all streams, whose clients come back with keys that count, and begins with webhooks if keys have got some. */
  keysChanged() {
    this.seats.sendAway();
    this.#webhooks?.begin();
  }

  /** Ends all waiting before the process stops. `waitFor` answers with what is known. */
  stop() {
    this.seats.close();
    this.#stopping.abort();
    this.#fanOut?.stop();
    this.#settling?.stop();
    this.#delivered = this.#webhooks?.stop();
  }

  /** Resolves when no message of a webhook is in flight any more. Called after `stop`, before the ledger is closed. */
  async settled() {
    await this.#delivered;
  }

  /** Returns the watcher of all jobs that are waited for with this credential in this workspace. */
  watcherFor({ caller, credential }: Asking): Watcher {
    const { token, workspaceId } = credential;
    const key = JSON.stringify([caller.name, token, workspaceId, caller.workspaces]);
    const known = this.#watchers.get(key);
    if (known) return known;
    const others = token ? this.#fanOut?.member(token, key, () => watcher) : undefined;
    const watcher: Watcher = new Watcher({
      clock: this.clock,
      read: this.#readerFor({ caller, workspaceId }),
      onEmpty: () => {
        this.callbacks?.remove(token, watcher);
        if (others) this.#fanOut?.leave(others);
        if (this.#watchers.get(key) === watcher) this.#watchers.delete(key);
      },
      onEnd: (sighting, now) => this.#tellLag(sighting, now),
      others,
    });
    this.#watchers.set(key, watcher);
    this.callbacks?.add(token, watcher);
    return watcher;
  }

  async spend(countedAs: string) {
    await this.#deps.rateLimits?.spend(countedAs, 1);
  }

  #webhooksFor(callers: KeyHolders): Webhooks {
    const { ledger, log, watch, config, now } = this.#deps;
    return new Webhooks({
      ...{ clock: this.clock, outbox: ledger.outbox, log, webhooks: callers.webhooks },
      post: createPost({ allowsPrivate: config.hasPrivateWebhooks, now }),
      watcherFor: ({ caller, place }) =>
        this.watcherFor(ofRecipient(caller, place, callers.held())),
      onOutcome: (outcome) => watch?.onJobs({ kind: 'webhook', outcome }),
    });
  }

  #settlingFor(callers: KeyHolders): Settling {
    const { ledger, log, watch } = this.#deps;
    const outage = new Outage(log, 'reading prices for budgets');
    return new Settling({
      ...{ clock: this.clock, ledger },
      read: (jobs, maxCalls) => {
        const caller = ofHeldKey(callers.held());
        return this.#readerFor({ caller, workspaceId: 'all' })(jobs, maxCalls);
      },
      onSettled({ budgets, spent, reserved }) {
        const names = namesOf(budgets, callers.budgets());
        log.info({ budgets: names, spentMc: spent, reservedMc: reserved }, 'a price was told');
        watch?.onJobs({ kind: 'settled', budgets: names, spentMc: spent });
      },
      onTrouble: (error) => outage.failed(error),
      onRound: () => outage.worked(),
    });
  }

  /** Returns a function that reads jobs with the caller's access. Each read has a limit of calls of its own. */
  #readerFor(asker: { caller: Asking['caller']; workspaceId: string | undefined }): ReadJobs {
    return async (jobs, maxCalls) => {
      const calls = new CallLog(maxCalls);
      const context = { ...createContext(asker, this.#stopping.signal, this.#deps), calls };
      const rows = await Promise.all(jobs.map((job) => tryRead(context, job)));
      const failure = rows.find((row) => row instanceof Error && !(row instanceof TooManyCalls));
      if (failure) this.#deps.log.debug({ err: failure }, 'a poll of jobs failed');
      this.#deps.watch?.onJobs({ kind: 'look', ids: jobs.length, calls: calls.made });
      return rows;
    };
  }

  #tellLag({ row }: Sighting, now: number) {
    const doneAt = momentOf(row?.trained_at);
    if (doneAt === undefined) return;
    this.#deps.watch?.onJobs({ kind: 'ended', lagMs: Math.max(0, now - doneAt) });
  }
}

/** Returns the caller for which prices are read. It sees what the held key sees. */
const ofHeldKey = (credential: Credential): Caller => ({
  ...{ name: 'budgets', role: 'read', workspaces: undefined },
  credential: { ...credential, owner: 'budgets' },
});

/** Returns a caller that reads what a gateway key has made, wherever Astria has put it. */
function ofRecipient(name: string, place: Place, held: Credential): Asking {
  const credential = { ...held, owner: name, workspaceId: place ?? undefined };
  return { caller: { name, role: 'read', workspaces: undefined, credential }, credential };
}

/** Returns the names of the budgets. Only configured names are logged. All others belong to tokens. */
const namesOf = (hashes: readonly string[], budgets: readonly CallerBudget[]) =>
  hashes.map((name) => budgets.find((one) => hash('sha256', one.name) === name)?.name ?? 'tokens');

async function tryRead(context: Context, job: Job) {
  try {
    return await readJob(scopeIn(context), job);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
