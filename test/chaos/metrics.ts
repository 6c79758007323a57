/** What the gateway says of itself, as sums of its metrics. */
import { request } from 'undici';

export async function countCalls(metricsUrl: string) {
  // Its connection is not to be found among what is left open.
  const { body } = await request(metricsUrl, { headers: { connection: 'close' } });
  const text = await body.text();
  const sum = (name: string) =>
    [...text.matchAll(new RegExp(`^astria_graphql_${name}(?:{.*})? (\\d+)$`, 'gm'))].reduce(
      (total, [, value]) => total + Number(value),
      0,
    );
  return {
    calls: sum('upstream_calls_total'),
    retries: sum('upstream_retries_total'),
    saved: sum('upstream_reads_saved_total'),
    drift: sum('drift_total'),
    streams: sum('streams'),
  };
}
