/** What a storm has shown. */
import type { FollowTally } from '../streams/follow.ts';
import type { Growth } from './growth.ts';
import type { Money } from './money.ts';
import { OFFENCES, type Offence, type Offend } from './verdict.ts';

export interface WaitReport extends FollowTally {
  /** Jobs that were waited for. */
  jobs: number;
  /** Streams that were open when everybody had left. */
  left: number;
}

export interface Report {
  seed: number;
  seconds: number;
  operations: number;
  aborted: number;
  withErrors: number;
  slowestMs: number;
  codes: Record<string, number>;
  outcomes: Record<string, number>;
  /** Tries to have something made: `found` by a search; `unknown` to the end; `unfound` where there is one, and its key, asked in the calm, does not lead to it. */
  paid: {
    wishes: number;
    withKey: number;
    tries: number;
    made: number;
    found: number;
    unknown: number;
    unfound: number;
  };
  /** Of the held key, in the end. */
  money: Money | undefined;
  /** Undefined if the gateway ended before. */
  waiting?: WaitReport;
  upstream: Record<string, number>;
  weather: Record<string, number>;
  breakerOpenings: number;
  /** From the end of the storm until all was well. */
  recoveredMs: number;
  growth: Growth | undefined;
  /** Lines of the gateway's log, by what they say. */
  said: Record<string, number>;
  offences: Record<Offence, number>;
  /** The first of each, for people to read. */
  offenders: string[];
}

const TOLD_OF_EACH = 5;

export const createReport = ({ seed, seconds }: { seed: number; seconds: number }): Report => ({
  seed,
  seconds,
  operations: 0,
  aborted: 0,
  withErrors: 0,
  slowestMs: 0,
  codes: {},
  outcomes: {},
  paid: { wishes: 0, withKey: 0, tries: 0, made: 0, found: 0, unknown: 0, unfound: 0 },
  money: undefined,
  upstream: {},
  weather: {},
  breakerOpenings: 0,
  recoveredMs: 0,
  growth: undefined,
  said: {},
  offences: Object.fromEntries(OFFENCES.map((offence) => [offence, 0])) as Report['offences'],
  offenders: [],
});

export const offendIn =
  ({ offences, offenders }: Report): Offend =>
  (offence, detail) => {
    offences[offence] += 1;
    if (offences[offence] <= TOLD_OF_EACH) offenders.push(`${offence}: ${detail}`);
  };
