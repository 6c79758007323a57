/** Callers with a token (JWT) of an issuer. It is verified with the issuer's public keys. */
import { hash } from 'node:crypto';
import type { GraphQLError } from 'graphql';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { forbidden, unauthenticated, unavailable } from '../graphql/errors.ts';
import type { Credential } from '../upstream/credential.ts';
import type { JwtConfig } from './access-settings.ts';
import { KeyBudget } from './budget-settings.ts';
import type { Caller, CallerBudget } from './caller.ts';
import { Documents, Workspaces } from './gateway-keys.ts';
import { createIssuerKeys, IssuerAway, type IssuerKeysOptions, UNKNOWN_MS } from './issuer-keys.ts';

/** Asymmetric signatures only. With a shared secret, whoever can verify a token could also make one. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
/** The clock difference that is tolerated. */
const TOLERANCE_SECONDS = 5;
/** The longest time for which a verified token is cached. It is accepted that much longer than its withdrawn key is kept. */
const LONGEST_KNOWN_MS = 5 * 60_000;
const AWAY = 'The keys that verify tokens cannot be used at the moment: try again later.';
const MAX_KNOWN = 10_000;
const MAX_SUBJECT = 255;

export interface TokenOptions extends IssuerKeysOptions {
  jwt: JwtConfig;
  /** Returns the credential that token callers use at Astria. */
  credential(): Credential;
  /** Returns all budgets of a caller, with the one of its token last. */
  budgetsWith(own: CallerBudget | undefined): readonly CallerBudget[];
  /** Whether amounts are configured for what cannot be estimated. Without them a token may not have a budget. */
  mayBound: boolean;
}

export interface Tokens {
  /** Returns a promise only for a token that is not cached or is past its time. It rejects if the token is refused. */
  identify(token: string): Caller | Promise<Caller>;
  /** Drops the cache, so that each token is verified again. */
  forget(): void;
}

export function createTokens(given: TokenOptions): Tokens {
  const { jwt, credential, budgetsWith, mayBound, ...options } = given;
  const { now, onTrouble } = options;
  const keys = createIssuerKeys(new URL(jwt.jwksUrl), options);
  /** Keyed by the hash of the token, so that a memory dump reveals none. */
  const known = new LRUCache<string, { caller: Caller; until: number }>({ max: MAX_KNOWN });

  async function verify(token: string, digest: string) {
    const { payload } = await jwtVerify(token, keys, {
      issuer: jwt.issuer,
      audience: jwt.audience,
      algorithms: ALGORITHMS,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: new Date(now()),
    }).catch((error) => {
      if (error instanceof errors.JOSEError) throw refused(error);
      // The key cannot be used, or the issuer cannot be reached. `createIssuerKeys` has already reported the latter.
      if (!(error instanceof IssuerAway)) onTrouble(error);
      throw unavailable(AWAY, UNKNOWN_MS);
    });
    const { budget, ...who } = claimsOf(payload, mayBound);
    const budgets = budgetsWith(
      budget && { name: `token ${jwt.issuer} ${payload.sub}`, ...budget },
    );
    const expiresAt = (payload.exp as number) * 1000;
    const caller = { ...who, budgets, credential: { ...credential(), owner: who.name }, expiresAt };
    const until = Math.min(expiresAt, now() + LONGEST_KNOWN_MS);
    known.set(digest, { caller, until });
    return caller;
  }

  return {
    identify(token) {
      const digest = hash('sha256', token, 'base64');
      const seen = known.get(digest);
      return seen && now() < seen.until ? seen.caller : verify(token, digest);
    },
    forget: () => known.clear(),
  };
}

function refused(error: errors.JOSEError): GraphQLError {
  if (error instanceof errors.JWTExpired)
    return unauthenticated('The token has expired: get another.');
  const claim = error instanceof errors.JWTClaimValidationFailed ? ` (\`${error.claim}\`)` : '';
  return unauthenticated(`The token is not accepted here${claim}.`);
}

function claimsOf(claims: JWTPayload, mayBound: boolean) {
  // jose's types declare `sub` to be a string, but jose does not check it.
  const { sub }: { sub?: unknown } = claims;
  // The subject is written to logs. An object would not be a name.
  if (typeof sub !== 'string' || !new RegExp(`^[\\x20-\\x7e]{1,${MAX_SUBJECT}}$`).test(sub)) {
    throw unauthenticated(`The token's \`sub\` must be 1 to ${MAX_SUBJECT} printable characters.`);
  }
  const role = roleOf(claims);
  if (!role) {
    throw forbidden(
      'The token gives no role: its claim `role` must be `read` or `write`, or its `scope` contain `astria:read` or `astria:write`.',
    );
  }
  const workspaces = Workspaces.optional().safeParse(claims.workspaces);
  if (!workspaces.success) {
    throw forbidden(
      "The token's claim `workspaces` must be a list of numbers of workspaces, `personal` or `all`.",
    );
  }
  const documents = Documents.safeParse(claims.documents);
  if (!documents.success) {
    throw forbidden("The token's claim `documents` must be `only`, or be left out.");
  }
  const budget = KeyBudget.optional().safeParse(claims.budget);
  if (!budget.success) throw forbidden(BAD_BUDGET);
  if (budget.data && !mayBound) throw forbidden(NO_BUDGETS);
  return {
    ...{ name: `jwt:${sub}`, role, workspaces: workspaces.data },
    ...{ documents: documents.data, budget: budget.data },
  };
}

const BAD_BUDGET =
  'The token\'s claim `budget` must be such as { "day": "5.00", "month": "100.00" }, in US dollars, with one of the two at least.';
const NO_BUDGETS =
  'The token has a claim `budget`, and this gateway cannot keep to it: BUDGET_UNKNOWN_IMAGE, BUDGET_UNKNOWN_VIDEO and BUDGET_UNKNOWN_TUNE are not set.';

function roleOf({ role, scope }: JWTPayload): Caller['role'] | undefined {
  if (role !== undefined) return role === 'read' || role === 'write' ? role : undefined;
  const scopes = Array.isArray(scope) ? scope : String(scope).split(' ');
  if (scopes.includes('astria:write')) return 'write';
  return scopes.includes('astria:read') ? 'read' : undefined;
}
