/** Files with secrets. They are read again when they change, so that a rotation needs no restart. */
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type * as z from 'zod';
import type { Config } from '../config.ts';
import { withoutKeys } from '../observe/secrets.ts';
import type { Callers } from './callers.ts';
import { filesOfKeys, GatewayKeys } from './gateway-keys.ts';
import { AuthTokenFile } from './held-key.ts';
import { webhookFault } from './webhook-settings.ts';

/**
 * How often files are read. Their dates do not help: a mounted secret is often a link, which is replaced when it is rotated.
 */
const LOOK_MS = 2000;

interface Watching {
  callers: Pick<Callers, 'renew'>;
  log: Pick<Logger, 'info' | 'error'>;
  /** Called when other secrets are valid, so that callers are authenticated again. */
  onChange?(): void;
  everyMs?: number;
}

/** Returns a function that stops the watch. The watch does not keep the process alive. */
export function watchSecretFiles(config: Config, watching: Watching) {
  const { callers, log, onChange = () => {}, everyMs = LOOK_MS } = watching;
  const { gatewayKeys, authToken } = config.secretFiles;
  const looks: (() => Promise<void>)[] = [];
  if (gatewayKeys !== undefined) {
    const read = () => keysFor(config).safeParse(gatewayKeys);
    const known = config.gatewayKeys;
    const take = (keys: Config['gatewayKeys']) => callers.renew({ gatewayKeys: keys });
    const paths = (keys: Config['gatewayKeys']) => filesOfKeys(gatewayKeys, keys);
    looks.push(lookAt({ name: 'GATEWAY_KEYS', paths, known, read, take, log, onChange }));
  }
  if (authToken !== undefined) {
    const read = () => AuthTokenFile.safeParse(authToken);
    const take = (token: string) => callers.renew({ credential: { ...config.credential, token } });
    const known = config.credential.token ?? '';
    const name = 'ASTRIA_AUTH_TOKEN_FILE';
    const paths = () => [authToken];
    looks.push(lookAt({ name, paths, known, read, take, log, onChange }));
  }
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  // Also at once: a file may have changed since the environment was read.
  const lookAtAll = async () => {
    for (const look of looks) await look();
    if (!isOver && looks.length > 0) timer = setTimeout(lookAtAll, everyMs).unref();
  };
  void lookAtAll();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

/** Checks that keys have the settings that they need. They are only read at the start. */
const keysFor = ({ unknownCosts, hasPrivateWebhooks }: Config) =>
  GatewayKeys.refine(
    (keys) => unknownCosts !== undefined || !keys.some(({ budget }) => budget),
    'has a budget, for which BUDGET_UNKNOWN_IMAGE, BUDGET_UNKNOWN_VIDEO and BUDGET_UNKNOWN_TUNE must be set, and the process be started again',
  ).superRefine((keys, context) => {
    const fault = webhookFault(keys, hasPrivateWebhooks);
    if (fault) context.addIssue(fault);
  });

interface Secret<Value> {
  name: string;
  /** Returns the files that a value comes from. */
  paths(current: Value): readonly string[];
  /** The value from the start of the process. */
  known: Value;
  read(): z.ZodSafeParseResult<Value>;
  take(value: Value): void;
  log: Watching['log'];
  onChange(): void;
}

function lookAt<Value>({ name, paths, known, read, take, log, onChange }: Secret<Value>) {
  let current = known;
  let last: string | undefined;
  let taken: string | undefined;
  return async () => {
    const texts = paths(current).map((path) =>
      readFile(path, 'utf8').catch((error) => String(error.code)),
    );
    const text = JSON.stringify(await Promise.all(texts));
    const isWhole = text === last;
    last = text;
    // A file that has just changed may be incomplete. It counts when it is the same twice.
    if (!isWhole || text === taken) return;
    taken = text;
    const { success, data, error } = read();
    if (success) {
      if (isDeepStrictEqual(data, current)) return;
      current = data;
      take(data);
      log.info(`${name} has changed, and the new content of its file is used from now on`);
      onChange();
    } else {
      const faults = error.issues.map(faultOf(name));
      log.error({ faults }, `${name} has faults, and what its file held before counts on`);
    }
  };
}

/** Names the fault without the content. */
const faultOf = (name: string) => (issue: z.core.$ZodIssue) =>
  withoutKeys(`${[name, ...issue.path.map(String)].join('.')} ${issue.message}`);
