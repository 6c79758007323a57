/** A hundred writes at once for the last cent, in two processes on one ledger: exactly as many get through as fit. */
import { expect, onTestFinished } from 'vitest';
import { startEmulatorProcess, startGatewayProcess } from '../kill/processes.ts';
import { bearer, gatewayKeys, UNKNOWN_COSTS } from '../support/gateway-keys.ts';

const WRITES = 100;
/** At 2 dollars each: what an instant reference costs, Astria never tells. */
const FITTING = 7;
const BUDGET = '15.99';
const COST_MC = 10_000;

interface Answer {
  errors?: { extensions: { code: string; outcome?: string } }[];
}

async function startTwo(ledger: Record<string, string>) {
  const emulator = await startEmulatorProcess();
  onTestFinished(() => emulator.kill());
  const environment = {
    ...{ ASTRIA_BASE_URL: emulator.url, ASTRIA_AUTH_TOKEN: 'sd_held', ...UNKNOWN_COSTS, ...ledger },
    GATEWAY_KEYS: gatewayKeys({ name: 'web', budget: { month: BUDGET } }),
  };
  const gateways = await Promise.all(
    [1, 2].map(() => startGatewayProcess('src/main.ts', environment)),
  );
  for (const gateway of gateways) onTestFinished(() => gateway.kill());
  const balanceMc = async () => {
    const headers = { authorization: 'Bearer sd_held' };
    const user = await (await fetch(`${emulator.url}/users`, { headers })).json();
    return (user as { usd_balance_mc: number }).usd_balance_mc;
  };
  async function create(index: number): Promise<string> {
    const title = `pier ${index}`;
    const imageUrls = ['https://a.example/1.jpg'];
    const input = { ...{ title, name: 'woman', modelType: 'faceid', imageUrls } };
    const response = await fetch(gateways[index % 2]?.url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer('web') },
      body: JSON.stringify({
        query: 'mutation ($input: CreateTuneInput!) { createTune(input: $input) { tune { id } } }',
        variables: { input },
      }),
    });
    const { errors } = (await response.json()) as Answer;
    const { code = 'made', outcome } = errors?.[0]?.extensions ?? {};
    // The other has had the file for too long: it is safe to ask again.
    return code !== 'FORBIDDEN' && outcome === 'NOT_DONE' ? create(index) : code;
  }
  return { create, balanceMc };
}

/** `ledger` holds the settings of a ledger that both processes use. */
export async function raceForTheLastCent(ledger: Record<string, string>) {
  const { create, balanceMc } = await startTwo(ledger);
  const before = await balanceMc();
  const outcomes = await Promise.all(Array.from({ length: WRITES }, (_, index) => create(index)));
  const count = (outcome: string) => outcomes.filter((each) => each === outcome).length;
  expect({ made: count('made'), refused: count('FORBIDDEN') }).toEqual({
    ...{ made: FITTING, refused: WRITES - FITTING },
  });
  expect(before - (await balanceMc())).toBe(FITTING * COST_MC);
}
