/** Authenticates callers, for each request before anything else. */
import { hash } from 'node:crypto';
import { type Config, holdsKey } from '../config.ts';
import { unauthenticated } from '../graphql/errors.ts';
import type { Credential } from '../upstream/credential.ts';
import { tellsCallersApart } from './access-settings.ts';
import { type Caller, type CallerBudget, WHOLE_GATEWAY } from './caller.ts';
import { findKey, GATEWAY_KEY_PREFIX } from './gateway-keys.ts';
import { ASTRIA_KEY } from './held-key.ts';
import type { Tokens } from './tokens.ts';
import type { Webhook } from './webhook-settings.ts';

export interface Callers {
  /**
   * Identifies a caller by the `Authorization` header. Throws or rejects if the caller is unknown. It returns a promise only
   * for a new token. `address` identifies callers whom only Astria can tell apart.
   */
  identify(authorization: string | null | undefined, address?: string): Caller | Promise<Caller>;
  /** Replaces the gateway keys or the credential at Astria. */
  renew(change: Partial<Renewable>): void;
  /** The owner of calls by callers who share a held key and cannot be distinguished. Undefined if there are none. */
  commonOwner: string | undefined;
  /** Returns the held key that is currently valid. */
  held(): Credential;
  /** Returns the webhooks of gateway keys, by the names of the keys. */
  webhooks(): ReadonlyMap<string, Webhook>;
  /** Returns all configured budgets. */
  budgets(): readonly CallerBudget[];
}

/** What can be rotated. Whether there are gateway keys at all cannot change while the process lives. */
type Renewable = Pick<Config, 'gatewayKeys' | 'credential'>;

export interface CallersOptions {
  /** Returns epoch milliseconds. */
  now?(): number;
  /** Called if the keys of the tokens' issuer cannot be fetched, and with the number of failures when they can be again. */
  onTrouble?(error: unknown): void;
  onRecovery?(failures: number): void;
}

export function createCallers(config: Config, options: CallersOptions = {}): Callers {
  const { jwt } = config;
  let current = config;
  let nobody = nobodyIn(config);
  const takesKeys = takesAstriaKeys(config);
  const wanted = wantedIn(config);
  let holders = holdersOf(config);
  let webhooks = webhooksIn(config);
  let tokens: Promise<Tokens> | Tokens | undefined;

  /** jose is loaded with the first token. */
  async function firstTokens() {
    const { now = Date.now, onTrouble = () => {}, onRecovery = () => {} } = options;
    const { createTokens } = await import('./tokens.ts');
    const issuer = jwt as NonNullable<typeof jwt>;
    tokens = createTokens({
      ...{ jwt: issuer, credential: () => current.credential },
      budgetsWith: (own) => budgetsOf(config.budget, own),
      mayBound: config.unknownCosts !== undefined,
      ...{ now, onTrouble, onRecovery },
    });
    return tokens;
  }

  function ofToken(token: string): Caller | Promise<Caller> {
    tokens ??= firstTokens();
    return tokens instanceof Promise
      ? tokens.then((ready) => ready.identify(token))
      : tokens.identify(token);
  }

  return {
    identify(authorization, address) {
      // An empty header counts as absent: clients send it if their variable for the key is not set.
      if (!authorization && nobody) return nobody.credential.token ? nobody : at(address, nobody);
      const token = bearerOf(authorization ?? '');
      if (token?.startsWith(GATEWAY_KEY_PREFIX)) {
        const holder = findKey(holders, token);
        if (holder) return holder.caller;
      } else if (token && ASTRIA_KEY.test(token)) {
        if (takesKeys) return new KeyHolder(token, address);
      } else if (token && jwt && JWT.test(token)) {
        return ofToken(token);
      }
      throw unauthenticated(wanted);
    },
    renew(change) {
      current = { ...current, ...change };
      nobody = nobodyIn(current);
      holders = holdersOf(current);
      webhooks = webhooksIn(current);
      if (!(tokens instanceof Promise)) tokens?.forget();
    },
    commonOwner: nobody?.credential.owner,
    held: () => current.credential,
    webhooks: () => webhooks,
    budgets: () => [
      ...holders.flatMap(({ caller }) => caller.budgets),
      ...budgetsOf(config.budget, undefined),
    ],
  };
}

const holdersOf = ({ gatewayKeys, credential, budget: ofAll }: Spendable) =>
  gatewayKeys.map(({ hash, budget, webhook, ...who }) => {
    const budgets = budgetsOf(ofAll, budget && { name: `key ${who.name}`, ...budget });
    const owned = { ...credential, owner: who.name };
    const hasWebhook = webhook !== undefined;
    return { hash, caller: { ...who, budgets, hasWebhook, credential: owned } };
  });

const webhooksIn = ({ gatewayKeys }: Pick<Config, 'gatewayKeys'>) =>
  new Map(gatewayKeys.flatMap(({ name, webhook }) => (webhook ? [[name, webhook] as const] : [])));

type Spendable = Renewable & Pick<Config, 'budget'>;

/** The caller's own budget comes last. */
const budgetsOf = (ofAll: Config['budget'], own: CallerBudget | undefined): CallerBudget[] => [
  ...(ofAll ? [{ name: WHOLE_GATEWAY, ...ofAll }] : []),
  ...(own ? [own] : []),
];

/** Returns the caller for requests without a key. Undefined if a key is required. */
function nobodyIn(config: Config): Caller | undefined {
  if (tellsCallersApart(config)) return undefined;
  // `config.ts` ensures that a held key without callers of its own is only reachable from this machine.
  const name = holdsKey(config) ? 'local' : 'anonymous';
  const { credential } = config;
  const owned = credential.token ? { ...credential, owner: name } : credential;
  const budgets = holdsKey(config) ? budgetsOf(config.budget, undefined) : [];
  return { name, role: 'write', workspaces: undefined, budgets, credential: owned };
}

const at = (address: string | undefined, caller: Caller): Caller => ({
  ...caller,
  credential: { ...caller.credential, address },
});

const takesAstriaKeys = (config: Config) =>
  config.allowsCallerKeys || !(tellsCallersApart(config) || holdsKey(config));

/** Says what the `Authorization` header must be. */
function wantedIn(config: Config): string {
  const forms = [
    ...(config.gatewayKeys.length > 0 ? ['`Bearer gk_…`, with a key of this gateway'] : []),
    ...(config.jwt ? ['`Bearer eyJ…`, with a token of its issuer'] : []),
    ...(takesAstriaKeys(config)
      ? ['`Bearer sd_…`, with an API key of Astria, which begins with sd_']
      : []),
  ];
  return forms.length > 0
    ? `The header \`Authorization\` must be ${forms.join(', or ')}.`
    : 'This gateway acts with a key of its own, and takes none: leave the header `Authorization` out.';
}

/** A caller with its own Astria key. */
class KeyHolder implements Caller {
  readonly role = 'write';
  readonly workspaces = undefined;
  readonly credential: Credential;

  constructor(token: string, address: string | undefined) {
    this.credential = { token, workspaceId: undefined, address };
  }

  /** Computed on demand, because most requests never need it. */
  get name() {
    return `key:${hash('sha256', this.credential.token as string).slice(0, 12)}`;
  }
}

const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const bearerOf = (authorization: string) => /^bearer +(\S+)$/i.exec(authorization)?.[1];
