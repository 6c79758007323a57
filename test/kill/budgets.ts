/** `kill -9` of gateways whose callers have a budget: what is spent and put aside is never below what Astria has charged. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Random, seededRandom } from '../../src/emulator/random.ts';
import { type Emulator, startEmulator } from '../../src/emulator/serve.ts';
import { bearer, gatewayKeys, UNKNOWN_COSTS } from '../support/gateway-keys.ts';
import { untilMonthLasts } from '../support/month.ts';
import { startRedis } from '../support/redis.ts';
import { type Started, startGatewayProcess } from './processes.ts';

export interface BudgetKills {
  kills: number;
  seed: number;
  isRedis?: boolean;
  main?: string;
  onKill?(done: number, offences: readonly string[]): void;
}

export interface BudgetReport {
  offences: string[];
  /** In milli-cents: charged by Astria, told and spent, never told, and still put aside at the end. */
  charged: number;
  spent: number;
  neverTold: number;
  reserved: number;
  /** How many writes were asked for, and of how many it stayed unknown what became. */
  writes: number;
  unknown: number;
}

const HELD = 'sd_held';
const NAME = 'web';
/** More than the list says, and within what an estimate leaves for that: no code of the gateway sees it. */
const PRICE_FACTOR = 1.04;
const ORDERS_AT_ONCE = 4;
/** Within it a gateway is killed: before, while and after its writes are sent. */
const WITHIN_MS = 250;
const SETTLED_WITHIN_MS = 90_000;
/** What a kill takes on a busy machine. */
const KILL_MS = 6000;
const PHOTO = 'https://a.example/1.jpg';

type Order = { field: string; type: string; input: object; made: string };

/** Each with a word of its own, so that it can be found; the last makes what never tells its price. */
const ORDERS: ((mark: string) => Order)[] = [
  (mark) => promptOf('createPrompt', { tuneId: '1504944', text: `pier ${mark}`, numImages: 2 }),
  (mark) => promptOf('generateWithGemini', { text: `pier ${mark}`, numImages: 1 }),
  (mark) => promptOf('generateWithSeedream', { text: `pier [fail] ${mark}`, numImages: 1 }),
  (mark) =>
    promptOf('createPrompt', {
      ...{ tuneId: '3618064', text: `film ${mark}`, videoPrompt: 'pan' },
      ...{ videoModel: 'kling30_pro', videoDuration: 5 },
    }),
  (mark) => ({
    ...{ field: 'createTune', type: 'CreateTuneInput', made: 'tune { id }' },
    input: { title: `pier ${mark}`, name: 'woman', modelType: 'faceid', imageUrls: [PHOTO] },
  }),
];

const promptOf = (field: string, input: object): Order => ({
  ...{ field, input, made: 'prompt { id }' },
  type: `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`,
});

export async function killWithBudgets(options: BudgetKills): Promise<BudgetReport> {
  const { kills, seed, isRedis, main = 'src/main.ts' } = options;
  await untilMonthLasts(kills * KILL_MS + SETTLED_WITHIN_MS);
  const ends: (() => unknown)[] = [];
  try {
    const emulator = await startEmulator({
      ...{ seed: false, speed: 20, unknowns: { priceFactor: PRICE_FACTOR } },
      report: () => {},
    });
    ends.push(() => emulator.close());
    const environment = {
      ...{ ASTRIA_BASE_URL: emulator.url, ASTRIA_AUTH_TOKEN: HELD, ...UNKNOWN_COSTS },
      ...{ UPSTREAM_TIMEOUT_MS: '4000', SHUTDOWN_DELAY: '0' },
      GATEWAY_KEYS: gatewayKeys({ name: NAME, budget: { month: '900000' } }),
      ...(await openLedger(isRedis, ends)),
    };
    const start = () => startGatewayProcess(main, environment);
    const gateways = await Promise.all([start(), start()]);
    ends.push(...gateways.keys().map((index) => () => gateways[index]?.kill()));
    return await new Killing({ emulator, gateways, start, random: seededRandom(seed) }).run(
      options,
    );
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function openLedger(
  isRedis: boolean | undefined,
  ends: (() => unknown)[],
): Promise<Record<string, string>> {
  if (isRedis) {
    const { url, stop } = await startRedis();
    ends.push(stop);
    return { REDIS_URL: url };
  }
  const folder = await mkdtemp(join(tmpdir(), 'budgets-'));
  ends.push(() => rm(folder, { recursive: true }));
  return { LEDGER_PATH: join(folder, 'ledger.sqlite') };
}

interface Scene {
  emulator: Emulator;
  gateways: Started[];
  start(): Promise<Started>;
  random: Random;
}

interface Answer {
  errors?: { extensions: { outcome?: string; code: string } }[];
}

class Killing {
  readonly #scene: Scene;
  readonly #openingMc: number;
  readonly #offences: string[] = [];
  #writes = 0;
  #unknown = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#openingMc = scene.emulator.account(HELD).balanceMc;
  }

  async run({ kills, onKill }: BudgetKills): Promise<BudgetReport> {
    for (let done = 1; done <= kills; done++) {
      await this.#killOnce(done);
      onKill?.(done, this.#offences);
    }
    return this.#settleAll();
  }

  async #killOnce(round: number) {
    const { gateways, start, random } = this.#scene;
    const victim = random.below(gateways.length);
    const orders = Array.from({ length: ORDERS_AT_ONCE }, (_, index) => {
      const mark = `mark-${round}-${index}`;
      return { mark, order: random.pick(ORDERS)(mark) };
    });
    this.#writes += orders.length;
    const url = gateways[victim]?.url ?? '';
    const first = orders.map(({ mark, order }) => send(url, order, mark));
    await sleep(random.below(WITHIN_MS));
    await gateways[victim]?.kill();
    await Promise.all(first);
    await this.#check(`kill ${round}`, 1 - victim);
    gateways[victim] = await start();
    // Both are asked, under the same keys.
    for (const { mark, order } of orders) {
      const answer = await this.#untilAnswered(order, mark, random.below(gateways.length));
      if (answer.errors?.some(({ extensions }) => extensions.outcome === 'UNKNOWN'))
        this.#unknown++;
    }
    await this.#check(`kill ${round}, asked again`, 0);
  }

  async #untilAnswered(order: Order, mark: string, index: number): Promise<Answer> {
    for (;;) {
      const answer = await send(this.#scene.gateways[index]?.url ?? '', order, mark);
      const isOpen = answer?.errors?.some(({ extensions }) => extensions.outcome === 'NOT_DONE');
      if (answer && !isOpen) return answer;
      await sleep(50);
    }
  }

  /** What is charged later than it was looked at must not count. */
  async #check(when: string, index: number) {
    const charged = this.#charged();
    const { spent, reserved } = await this.#spending(index);
    if (spent + reserved >= charged) return;
    this.#offences.push(
      `${when}: ${charged} is charged, and ${spent} + ${reserved} is known of it`,
    );
  }

  async #settleAll(): Promise<BudgetReport> {
    const until = performance.now() + SETTLED_WITHIN_MS;
    let charged = this.#charged();
    let neverTold = this.#neverTold();
    let { spent, reserved } = await this.#spending(0);
    while (spent + neverTold !== charged && performance.now() < until) {
      await sleep(500);
      charged = this.#charged();
      neverTold = this.#neverTold();
      ({ spent, reserved } = await this.#spending(0));
    }
    if (spent + neverTold !== charged) {
      const known = `${spent} is spent, ${neverTold} never told`;
      this.#offences.push(`at the end: ${charged} is charged, ${known}, and ${reserved} put aside`);
    }
    const [writes, unknown] = [this.#writes, this.#unknown];
    return { offences: this.#offences, charged, spent, neverTold, reserved, writes, unknown };
  }

  #charged() {
    return this.#openingMc - this.#scene.emulator.account(HELD).balanceMc;
  }

  /** Of instant references. */
  #neverTold() {
    const tunes = this.#scene.emulator.account(HELD).countTunes();
    return tunes * Math.round(10_000 * PRICE_FACTOR);
  }

  async #spending(index: number) {
    const query =
      '{ viewer { budget { month { spent { milliCents } reserved { milliCents } } } } }';
    const answer = (await post(this.#scene.gateways[index]?.url ?? '', { query })) as {
      data: { viewer: { budget: { month: Record<string, { milliCents: number }> } } };
    };
    const { spent, reserved } = answer.data.viewer.budget.month;
    return { spent: spent?.milliCents ?? 0, reserved: reserved?.milliCents ?? 0 };
  }
}

const send = (url: string, { field, type, input, made }: Order, mark: string) =>
  post(url, {
    query: `mutation ($input: ${type}!) { ${field}(input: $input) { ${made} } }`,
    variables: { input: { ...input, idempotencyKey: mark } },
  }).catch(() => undefined) as Promise<Answer | undefined>;

async function post(url: string, body: object) {
  const headers = { 'content-type': 'application/json', ...bearer(NAME) };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return response.json();
}
