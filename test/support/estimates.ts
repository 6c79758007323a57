/** What something would cost, as a client asks for it. */
import { startGateway, type TestGatewayOptions } from './gateway.ts';

const ESTIMATE = `query ($input: CostEstimateInput!) {
  costEstimate(input: $input) {
    low { milliCents } likely { milliCents } high { milliCents } basis samples asOf
  }
}`;

interface Amount {
  milliCents: number;
}

interface Told {
  costEstimate: {
    low: Amount | null;
    likely: Amount | null;
    high: Amount | null;
    basis: string;
    samples: number;
    asOf: string | null;
  };
}

type Gateway = Awaited<ReturnType<typeof startGateway>>;

/** The span in milli-cents, or the errors. */
export async function estimateBy({ run }: Pick<Gateway, 'run'>, input: object, headers = {}) {
  const { data, errors } = await run<Told>(ESTIMATE, { input }, headers);
  if (!data) return errors;
  const { low, likely, high, ...rest } = data.costEstimate;
  return { span: low && [low, likely, high].map((amount) => amount?.milliCents), ...rest };
}

export async function startEstimates(options: TestGatewayOptions = {}) {
  const gateway = await startGateway(options);
  return { ...gateway, estimate: (input: object) => estimateBy(gateway, input) };
}

export const UNKNOWN = { span: null, basis: 'UNKNOWN', samples: 0, asOf: null };
