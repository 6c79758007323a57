/** Shares the polls of several processes: a job is polled once, wherever and however often it is waited for. */
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { Outage } from '../observe/outage.ts';
import { VERSION } from '../observe/version.ts';
import { Bus } from './bus.ts';
import type { Clock } from './clock.ts';
import { Member, PULSE_MS, SILENCE_MS } from './member.ts';
import { Seal } from './seal.ts';
import type { Watcher } from './watcher.ts';

const CALLBACKS = 'callbacks';

interface FanOutOptions {
  redis: Redis;
  clock: Clock;
  log: Logger;
  /** Takes a callback that another process received. Undefined if callbacks are off. */
  onCallback?: ((message: string) => void) | undefined;
}

export class FanOut {
  readonly #bus: Bus;
  readonly #clock: Clock;
  readonly #outage: Outage;
  /** The members that have joined. */
  readonly #members = new Set<Member>();
  #cancel: (() => void) | undefined;
  #isUp = false;
  #isStopped = false;

  constructor({ redis, clock, log, onCallback }: FanOutOptions) {
    this.#clock = clock;
    this.#outage = new Outage(log, 'the Redis by which processes share their polls');
    this.#bus = new Bus(redis, (isUp) => this.#changed(isUp));
    if (!onCallback) return;
    // Redis delivers a message to its sender too.
    const hear = (message: Buffer) => {
      const [from, text = ''] = message.toString().split('\n');
      if (from !== this.#bus.me) onCallback(text);
    };
    this.#bus.listen(CALLBACKS, hear).catch(() => {});
  }

  /** Makes a member. Only processes of the same release share polls, because others may use other messages. */
  member(token: string, scope: string, watcher: () => Watcher): Member {
    const member: Member = new Member({
      ...{ bus: this.#bus, clock: this.#clock, seal: new Seal(token, `${VERSION}\n${scope}`) },
      watcher,
      onJoin: () => void this.#join(member),
      onVacancy: () => void this.#lease([member]),
      onTrouble: (error) => this.#outage.failed(error),
    });
    return member;
  }

  leave(member: Member) {
    if (!this.#members.delete(member)) return;
    this.#bus.leave(member.name).catch(() => {});
    if (!member.left()) return;
    this.#bus.free(member.name).catch(() => {});
    member.sayLeft();
  }

  tellCallback(text: string) {
    this.#bus.publish(CALLBACKS, `${this.#bus.me}\n${text}`).catch((error: unknown) => {
      this.#outage.failed(error);
    });
  }

  /** Leaves polling to the other processes. */
  stop() {
    this.#isStopped = true;
    this.#cancel?.();
    for (const member of this.#members) this.leave(member);
    this.#bus.close();
  }

  async #join(member: Member) {
    if (this.#isStopped) return;
    this.#members.add(member);
    this.#keepPulse();
    try {
      const heard = this.#bus.listen(member.name, member.hear);
      // When Redis is reachable, all members ask for their leases.
      if (!this.#isUp) return heard.catch(() => {});
      await heard;
      await this.#lease([member]);
    } catch (error) {
      this.#outage.failed(error);
    }
  }

  #changed(isUp: boolean) {
    this.#isUp = isUp;
    if (isUp) void this.#lease([...this.#members]);
    else for (const member of this.#members) member.alone();
  }

  #keepPulse() {
    if (this.#cancel || this.#isStopped || this.#members.size === 0) return;
    this.#cancel = this.#clock.wakeAt(this.#clock.now() + PULSE_MS, () => {
      void this.#lease([...this.#members]).finally(() => {
        this.#cancel = undefined;
        this.#keepPulse();
      });
    });
  }

  async #lease(members: readonly Member[]) {
    if (!this.#isUp) {
      this.#outage.failed(new Error('it does not answer'));
      return;
    }
    try {
      const leases = await this.#bus.lease(
        members.map(({ name }) => name),
        SILENCE_MS,
      );
      this.#outage.worked();
      for (const [index, member] of members.entries()) {
        if (this.#members.has(member)) member.leased(leases[index] === true);
      }
    } catch (error) {
      this.#outage.failed(error);
      for (const member of members) member.alone();
    }
  }
}
