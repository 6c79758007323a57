import type { Outcome } from './round.ts';
import { judge, placeOf, whyNotFound } from './verdict.ts';

/** Of the kills at one place. */
interface Counts {
  kills: number;
  'its object': number;
  UNKNOWN: number;
  /** It had not been sent, and was on asking again. */
  'sent again': number;
  /** Whole requests at Astria's door. */
  posts: number;
}

export interface Report {
  /** By the step that was aimed at. */
  steps: Record<string, Counts>;
  /** By what the ledger and the door had seen when it was dead. */
  places: Record<string, Counts>;
  mutations: Record<string, Counts>;
  all: Counts;
  /** Why some stay UNKNOWN. */
  unknown: Record<string, number>;
  offences: string[];
}

export function reportOn(outcomes: readonly Outcome[]): Report {
  const [steps, places, mutations, all] = [new Table(), new Table(), new Table(), new Table()];
  const offences: string[] = [];
  const unknown: Record<string, number> = {};
  for (const outcome of outcomes) {
    const verdict = judge(outcome);
    const { step, order } = outcome.round;
    offences.push(...verdict.offences);
    const why = verdict.end === 'UNKNOWN' && (whyNotFound(outcome) ?? 'for no reason');
    if (why) unknown[why] = (unknown[why] ?? 0) + 1;
    for (const counts of [
      steps.at(step),
      places.at(placeOf(outcome.death)),
      mutations.at(order.mutation.name),
      all.at('all'),
    ]) {
      counts.kills++;
      counts[verdict.end]++;
      if (verdict.wasSentAgain) counts['sent again']++;
      counts.posts += outcome.posts().length;
    }
  }
  return {
    ...{ steps: steps.rows, places: places.rows, mutations: mutations.rows, offences },
    ...{ all: all.at('all'), unknown },
  };
}

class Table {
  readonly rows: Record<string, Counts> = {};

  at(name: string): Counts {
    const none = { kills: 0, 'its object': 0, UNKNOWN: 0, 'sent again': 0, posts: 0 };
    this.rows[name] ??= none;
    return this.rows[name];
  }
}
