/** Clients that wait for jobs at gateways that are killed, and go on at those that live. */
import { type FollowTally, follow, newTally } from '../streams/follow.ts';
import { Strangers } from './twins.ts';

/** A prompt of the emulator takes eight seconds. A gateway may get no answer for a while. */
const PATIENCE_MS = 60_000;

interface Waiting {
  astria: string;
  /** Whose keys are told apart by it. */
  name: string;
  /** Returns the addresses of the gateways that live, or that are about to die. */
  urls(): readonly string[];
}

export interface WaitReport extends FollowTally {
  jobs: number;
}

export const newWaitReport = (): WaitReport => ({ jobs: 0, ...newTally() });

/** Waits for one job after another. Each has a key of its own, so that its polls are no lists, which some steps falsify. */
export function startWaiter({ astria, name, urls }: Waiting, report: WaitReport) {
  let isOver = false;
  let opened = 0;
  const url = () => {
    const all = urls();
    return all[opened++ % all.length] as string;
  };
  const wait = async () => {
    while (!isOver) {
      const key = `sd_waits_${name}_${report.jobs++}`;
      const post = { path: '/tunes/1504944/prompts', body: { prompt: { text: 'a jetty' } } };
      const ids = [await new Strangers(astria, key).make(post)];
      await follow({ ids, key, url, until: Date.now() + PATIENCE_MS, mayFail: true }, report);
    }
  };
  const waiting = wait();
  return {
    /** Waits until the last job is told. */
    async end() {
      isOver = true;
      await waiting;
    },
  };
}

export function offencesOf({ lost, repeated, backwards, resumed }: WaitReport): string[] {
  const wrong = {
    'final states were not told': lost,
    'states were told again with a cursor': repeated,
    'states were told after later ones': backwards,
  };
  const found = Object.entries(wrong).filter(([, count]) => count > 0);
  const offences = found.map(([what, count]) => `${count} ${what}`);
  return resumed > 0 ? offences : [...offences, 'no stream was cut by a kill'];
}
