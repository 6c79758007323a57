/** Reads PromQL with the grammar of Prometheus, and what a gateway serves for it. */
import { parser } from '@prometheus-io/lezer-promql';

interface Matcher {
  label: string;
  operator: string;
  value: string;
}

export interface Selector {
  metric: string;
  matchers: Matcher[];
}

export interface Query {
  /** What cannot be parsed. */
  faults: string[];
  selectors: Selector[];
  /** The labels that `by` keeps. */
  grouped: string[];
}

/** Grafana puts these in before Prometheus reads the query. */
const withoutVariables = (query: string) => query.replaceAll('$__rate_interval', '5m');

export function readQuery(given: string): Query {
  const query = withoutVariables(given);
  const read: Query = { faults: [], selectors: [], grouped: [] };
  parser.parse(query).iterate({
    enter({ type, name, from, to, node }) {
      const text = query.slice(from, to);
      if (type.isError) read.faults.push(`${query}: at ${from}`);
      else if (name === 'Identifier') read.selectors.push({ metric: text, matchers: [] });
      else if (name === 'UnquotedLabelMatcher') {
        const part = (of: string) => {
          const found = node.getChild(of);
          return found ? query.slice(found.from, found.to) : '';
        };
        read.selectors.at(-1)?.matchers.push({
          label: part('LabelName'),
          operator: part('MatchOp'),
          value: part('StringLiteral').slice(1, -1),
        });
      } else if (name === 'LabelName' && node.parent?.name === 'GroupingLabels') {
        read.grouped.push(text);
      }
    },
  });
  return read;
}

const SAMPLE = /^(\w+)(?:\{(.*)\})? (\S+)$/gm;

/** Returns the sum of the samples that a selector finds in what `/metrics` serves. */
export function sumOf({ metric, matchers }: Selector, served: string): number {
  let sum = 0;
  for (const [, name, labels = '', value] of served.matchAll(SAMPLE)) {
    const there = new Map(
      [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text]) => [key, text]),
    );
    if (name === metric && matchers.every((one) => matches(one, there.get(one.label) ?? ''))) {
      sum += Number(value);
    }
  }
  return sum;
}

function matches({ operator, value }: Matcher, found: string): boolean {
  const isSame = operator.endsWith('~')
    ? new RegExp(`^(?:${value})$`).test(found)
    : found === value;
  return operator.startsWith('=') === isSame;
}
