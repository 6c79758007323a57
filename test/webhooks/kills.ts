/** Gateways are killed and restarted at each step of what a webhook is told. Nothing may be lost. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../src/emulator/random.ts';
import { type Emulator, startEmulator } from '../../src/emulator/serve.ts';
import type { Ledger } from '../../src/paid/ledger/ledger.ts';
import { createRedisLedger } from '../../src/paid/ledger/redis.ts';
import { openSqliteLedger } from '../../src/paid/ledger/sqlite.ts';
import { connectRedis } from '../../src/process/redis.ts';
import { gatewayKeys } from '../support/gateway-keys.ts';
import { startRedis } from '../support/redis.ts';
import { told } from '../support/told.ts';
import { Lane, STEPS, type Step } from './lane.ts';
import { Receiver, type Taken } from './receiver.ts';

export interface WebhookKills {
  rounds: number;
  seed: number;
  /** How many gateways, each with a ledger and a receiver of its own, are killed side by side. */
  lanes: number;
  isRedis?: boolean;
  /** The gateway to kill. */
  main?: string;
  onRound?(done: number): void;
}

export interface WebhookReport {
  offences: string[];
  steps: Record<string, number>;
  /** The writes that were answered, the messages that were taken, and how many of these came before. */
  made: number;
  taken: number;
  repeated: number;
}

const SECRET = `whsec_${Buffer.from('of a receiver that is told of all').toString('base64')}`;
/** A lease ends within 6 s, and what was refused a few times comes again within 40 s. */
const TOLD_WITHIN_MS = 120_000;

interface World {
  emulator: Emulator;
  folder: string;
  redisUrl: string | undefined;
  ends: (() => unknown)[];
}

export async function killWithWebhooks(options: WebhookKills): Promise<WebhookReport> {
  const world = await openWorld(options);
  try {
    let done = 0;
    const onRound = () => options.onRound?.(++done);
    const numbers = Array.from({ length: options.lanes }, (_, number) => number);
    const results = await Promise.all(
      numbers.map((number) => runLane(world, { options, number, onRound })),
    );
    return sum(results);
  } finally {
    for (const end of world.ends.reverse()) await end();
  }
}

async function openWorld({ isRedis }: WebhookKills): Promise<World> {
  const emulator = await startEmulator({ seed: false, speed: 10, report: () => {} });
  const folder = await mkdtemp(join(tmpdir(), 'webhooks-'));
  await writeFile(join(folder, 'secret'), SECRET);
  const ends: World['ends'] = [() => emulator.close(), () => rm(folder, { recursive: true })];
  const redis = isRedis ? await startRedis() : undefined;
  if (redis) ends.push(redis.stop);
  return { emulator, folder, redisUrl: redis?.url, ends };
}

interface Stretch {
  options: WebhookKills;
  number: number;
  onRound(): void;
}

async function runLane(
  world: World,
  { options, number, onRound }: Stretch,
): Promise<WebhookReport> {
  const { rounds, seed, lanes, main = 'src/main.ts' } = options;
  const receiver = new Receiver(SECRET);
  const url = await receiver.listen();
  const { ledger, place } = await openLedger(world, number);
  const webhook = { url, secretFile: join(world.folder, 'secret') };
  const lane = new Lane({
    ...{ main, receiver, random: seededRandom(seed + number) },
    environment: {
      ...{ ASTRIA_BASE_URL: world.emulator.url, ASTRIA_AUTH_TOKEN: `sd_lane_${number}` },
      ...{ SHUTDOWN_DELAY: '0', WEBHOOK_PRIVATE_NETWORKS: 'on', ...place },
      GATEWAY_KEYS: gatewayKeys({ name: 'web', webhook }),
    },
  });
  world.ends.push(
    () => ledger.close(),
    () => lane.close(),
    () => receiver.close(),
  );
  await lane.open();
  for (let round = number; round < rounds; round += lanes) {
    await lane.play(STEPS[round % STEPS.length] as Step);
    onRound();
  }
  const left = await untilTold(lane, receiver, ledger);
  return verdictOf(lane, receiver, left);
}

interface OpenLedger {
  ledger: Ledger;
  /** The settings by which a gateway finds it. */
  place: Record<string, string>;
}

async function openLedger({ folder, redisUrl, ends }: World, number: number): Promise<OpenLedger> {
  if (!redisUrl) {
    const path = join(folder, `ledger-${number}.sqlite`);
    return { ledger: await openSqliteLedger(path, told()), place: { LEDGER_PATH: path } };
  }
  const url = `${redisUrl}/${number}`;
  const redis = await connectRedis(url, {});
  ends.push(() => redis.disconnect());
  return { ledger: createRedisLedger(redis, told()), place: { REDIS_URL: url } };
}

/** Returns how many items are left in the outbox. */
async function untilTold(lane: Lane, receiver: Receiver, ledger: Ledger): Promise<number> {
  const until = performance.now() + TOLD_WITHIN_MS;
  for (;;) {
    const ids = new Set(takenBy(receiver).map(idOf));
    const left = await ledger.outbox.after(0, 1000);
    const isDone = left.length === 0 && lane.made.every(({ id }) => ids.has(id));
    if (isDone || performance.now() > until) return left.length;
    await sleep(100);
  }
}

const takenBy = ({ taken }: Receiver) => taken.filter(({ isTaken }) => isTaken);
const idOf = ({ body }: Taken): string => JSON.parse(body).data.id;

function verdictOf(lane: Lane, receiver: Receiver, left: number): WebhookReport {
  const offences = [...receiver.offences];
  if (left > 0) offences.push(`${left} items are left in the outbox`);
  const { taken } = receiver;
  for (const { id, astriaId } of lane.made) {
    const copies = taken.filter((each) => idOf(each) === id);
    if (!copies.some(({ isTaken }) => isTaken)) offences.push(`${astriaId} was never told`);
    const [first] = copies;
    for (const { messageId, body } of copies) {
      if (messageId !== first?.messageId) offences.push(`${astriaId} has two ids of messages`);
      if (body !== first?.body) offences.push(`${astriaId} was told as ${first?.body} and ${body}`);
    }
    const { type, data } = JSON.parse(first?.body ?? '{}');
    const isRight = data?.astriaId === astriaId && data?.status === 'SUCCEEDED';
    if (first && !(isRight && type === 'prompt.finished')) {
      offences.push(`${astriaId} was told as ${first.body}`);
    }
  }
  const taker = takenBy(receiver);
  return {
    ...{ offences, steps: Object.fromEntries(lane.ended), made: lane.made.length },
    ...{ taken: taker.length, repeated: taker.length - new Set(taker.map(idOf)).size },
  };
}

function sum(reports: readonly WebhookReport[]): WebhookReport {
  const steps: Record<string, number> = {};
  for (const report of reports) {
    for (const [step, count] of Object.entries(report.steps)) {
      steps[step] = (steps[step] ?? 0) + count;
    }
  }
  const total = (name: 'made' | 'taken' | 'repeated') =>
    reports.reduce((all, report) => all + report[name], 0);
  return {
    ...{ offences: reports.flatMap(({ offences }) => offences), steps },
    ...{ made: total('made'), taken: total('taken'), repeated: total('repeated') },
  };
}
