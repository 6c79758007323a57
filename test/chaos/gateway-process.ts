/** The gateway as a process of its own, watched from outside: its memory, its descriptors, and what it says. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { freePort } from '../support/free-port.ts';

const LOOK_MS = 500;
const WARNING = 40;
const FATAL = 60;

export interface Sample {
  rssMb: number;
  fds: number;
}

export interface GatewayProcess {
  url: string;
  metricsUrl: string;
  /** One each half second. */
  samples: Sample[];
  look(): Sample;
  hasEnded(): boolean;
  /** What should never be said: fatal lines, warnings of Node's, and how it ended, if it did. */
  complaints: string[];
  /** How often the breaker opened. */
  openings(): number;
  /** Warnings and worse, by what they say. */
  said: Map<string, number>;
  /** Answers how it ended. */
  stop(): Promise<number | null>;
}

export async function startGatewayProcess(
  environment: Record<string, string>,
  main = 'src/main.ts',
): Promise<GatewayProcess> {
  const port = await freePort();
  const env = {
    PORT: '0',
    NODE_ENV: 'production',
    LOG_LEVEL: 'info',
    SHUTDOWN_DELAY: '0',
    METRICS: 'on',
    METRICS_PORT: String(port),
    ...environment,
  };
  const child = spawn(process.execPath, [main], { env });
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  const heard = listenTo(child);
  const url = await heard.url;
  const samples: Sample[] = [];
  const look = () => lookAt(child.pid as number);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const timer = setInterval(() => samples.push(look()), LOOK_MS);
  const state = { isStopping: false };
  child.once('exit', (code, signal) => {
    clearInterval(timer);
    process.off('exit', killed);
    if (!state.isStopping) heard.complaints.push(`it ended by itself: ${code ?? signal}`);
  });
  return {
    ...heard,
    url,
    metricsUrl: `http://127.0.0.1:${port}/metrics`,
    samples,
    look,
    hasEnded,
    async stop() {
      state.isStopping = true;
      if (hasEnded()) return child.exitCode;
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      return code as number | null;
    },
  };
}

function listenTo(child: ChildProcess) {
  const complaints: string[] = [];
  const said = new Map<string, number>();
  const opened = { count: 0 };
  const url = Promise.withResolvers<string>();
  child.once('exit', () => url.reject(new Error(`it did not start: ${complaints.join('\n')}`)));
  const errors = createInterface({ input: child.stderr as NodeJS.ReadableStream });
  errors.on('line', (line) => complaints.push(line));
  const output = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  output.on('line', (line) => {
    const { level, msg, breaker, endpoint } = JSON.parse(line) as Record<string, unknown>;
    if (endpoint) url.resolve(String(endpoint));
    if (Number(level) >= WARNING) said.set(String(msg), (said.get(String(msg)) ?? 0) + 1);
    if (Number(level) >= FATAL) complaints.push(line);
    if (breaker === 'open') opened.count++;
  });
  return { url: url.promise, complaints, said, openings: () => opened.count };
}

/** Linux alone tells it here; elsewhere nothing is weighed. */
function lookAt(pid: number): Sample {
  if (!existsSync(`/proc/${pid}/fd`)) return { rssMb: 0, fds: 0 };
  const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return { rssMb: Number(kb) / 1024, fds: readdirSync(`/proc/${pid}/fd`).length };
}
