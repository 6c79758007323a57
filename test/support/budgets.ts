/** A gateway whose callers may spend so much, and what is known of it. */
import { expect, vi } from 'vitest';
import { startGateway, type TestGatewayOptions } from './gateway.ts';
import { bearer, gatewayKeys, type TestKey, UNKNOWN_COSTS } from './gateway-keys.ts';
import { FLUX } from './paid.ts';

export async function startBudgets(
  keys: readonly TestKey[],
  { environment, ...options }: TestGatewayOptions = {},
) {
  const gateway = await startGateway({
    ...options,
    environment: {
      ...UNKNOWN_COSTS,
      ...(keys.length > 0 && { GATEWAY_KEYS: gatewayKeys(...keys) }),
      ...environment,
    },
  });
  const { deps, run, requests } = gateway;
  const headersOf = (name: string | undefined) => (name ? bearer(name) : {});
  return {
    ...gateway,
    writes: () => requests().filter((request) => request.startsWith('POST')),
    prompt: (name: string | undefined, input: object = {}) =>
      run<{ createPrompt: { prompt: { astriaId: number } } }>(
        'mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { astriaId } } }',
        { input: { tuneId: FLUX, text: 'a pier', numImages: 1, ...input } },
        headersOf(name),
      ),
    /** Of a day, in milli-cents. */
    async spending(name: string) {
      const { createHash } = await import('node:crypto');
      const hashed = createHash('sha256').update(name).digest('hex');
      const [told] = await deps.ledger.spending([hashed]);
      return [told?.day.spent, told?.day.reserved];
    },
  };
}

type Budgets = Awaited<ReturnType<typeof startBudgets>>;

/** Prices are looked for by themselves: until then. */
export const untilSpending = ({ spending, clock }: Budgets, name: string, expected: number[]) =>
  vi.waitFor(
    async () => {
      clock.advance(2100);
      expect(await spending(name)).toEqual(expected);
    },
    { timeout: 20_000, interval: 50 },
  );
