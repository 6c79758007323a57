/** What clients were told, counted. */
import type { Ask, GraphError, Told } from './client.ts';
import type { Report } from './report.ts';
import type { Offend } from './verdict.ts';

/** The closed set of docs/errors.md. */
const CODES = [
  'VALIDATION_FAILED',
  'UNAUTHENTICATED',
  'BAD_REQUEST',
  'FORBIDDEN',
  'NOT_FOUND',
  'RATE_LIMITED',
  'OVERLOADED',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_CONTRACT',
  'OPERATION_TOO_COMPLEX',
];

export function createTally(report: Report, offend: Offend) {
  const { codes, outcomes } = report;

  function count({ extensions }: GraphError, asked: Ask) {
    const { code = 'none', outcome } = extensions ?? {};
    codes[code] = (codes[code] ?? 0) + 1;
    if (outcome) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    if (!CODES.includes(code)) offend('foreign code', `${code} for ${described(asked)}`);
  }

  return {
    told(asked: Ask, told: Told | undefined, ms: number) {
      report.operations += 1;
      if (!told) report.aborted += 1;
      else report.slowestMs = Math.max(report.slowestMs, Math.round(ms));
      if (told?.errors) report.withErrors += 1;
      for (const error of told?.errors ?? []) count(error, asked);
      if (told && told.data == null && !told.errors)
        offend('unanswered', `nothing for ${described(asked)}`);
    },
    unanswered(asked: Ask, error: unknown) {
      report.operations += 1;
      offend('unanswered', `${error} for ${described(asked)}`);
    },
  };
}

export type Tally = ReturnType<typeof createTally>;

const described = ({ party, query, variables }: Ask) =>
  `${party.name}: ${query.replaceAll(/\s+/g, ' ')} ${JSON.stringify(variables ?? {})}`;
