/** A hundred writes at once for the last cent, in several processes on one ledger: exactly as many get through as fit. */
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

async function startAll(ledger: Record<string, string>, count: number) {
  const emulator = await startEmulatorProcess();
  const environment = {
    ...{ ASTRIA_BASE_URL: emulator.url, ASTRIA_AUTH_TOKEN: 'sd_held', ...UNKNOWN_COSTS, ...ledger },
    GATEWAY_KEYS: gatewayKeys({ name: 'web', budget: { month: BUDGET } }),
  };
  const gateways = await Promise.all(
    Array.from({ length: count }, () => startGatewayProcess('src/main.ts', environment)),
  );
  const balanceMc = async () => {
    const headers = { authorization: 'Bearer sd_held' };
    const user = await (await fetch(`${emulator.url}/users`, { headers })).json();
    return (user as { usd_balance_mc: number }).usd_balance_mc;
  };
  async function create(index: number): Promise<string> {
    const title = `pier ${index}`;
    const imageUrls = ['https://a.example/1.jpg'];
    const input = { ...{ title, name: 'woman', modelType: 'faceid', imageUrls } };
    const response = await fetch(gateways[index % count]?.url ?? '', {
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
  const end = () => Promise.all([emulator, ...gateways].map((one) => one.kill()));
  return { create, balanceMc, end };
}

/** What a race comes to if no write was let through too many, or refused although it fits. */
export const AS_MANY_AS_FIT = {
  ...{ made: FITTING, refused: WRITES - FITTING },
  spentMc: FITTING * COST_MC,
};

/** `ledger` holds the settings of a ledger that all processes use. */
export async function raceForTheLastCent(ledger: Record<string, string>, gateways = 2) {
  const { create, balanceMc, end } = await startAll(ledger, gateways);
  try {
    const before = await balanceMc();
    const outcomes = await Promise.all(Array.from({ length: WRITES }, (_, index) => create(index)));
    const count = (outcome: string) => outcomes.filter((each) => each === outcome).length;
    const spentMc = before - (await balanceMc());
    return { made: count('made'), refused: count('FORBIDDEN'), spentMc };
  } finally {
    await end();
  }
}
