import { GraphQLError } from 'graphql';

interface Circumstances {
  isKeyed: boolean;
  isSought: boolean;
}

/**
 * The outcome of a write is unknown, or its result cannot be read, and it may have cost money. `cause` is the reason. It is
 * undefined if the key was used again.
 */
export class UnknownOutcome extends Error {
  /** Tells the caller what to do now. */
  readonly advice: string;

  /** `about` names what is known to have been made. */
  constructor(cause: unknown, about: Circumstances | string) {
    super('The outcome of a write is unknown', { cause });
    this.advice = typeof about === 'string' ? madeAdvice(about) : adviceIn(about);
  }

  /** `known` is the part of the cause that the client sees. */
  told(known: GraphQLError | undefined): GraphQLError | undefined {
    if (this.cause && !known) return undefined;
    const { message, extensions } = known ?? STILL_UNKNOWN;
    return new GraphQLError(`${message} ${this.advice}`, {
      extensions: { ...extensions, outcome: 'UNKNOWN' },
    });
  }
}

const madeAdvice = (name: string) =>
  `This happened while reading the result of this write, which was paid for: ${name}. Read that. A retry with the same idempotencyKey is never sent twice.`;

function adviceIn({ isKeyed, isSought }: Circumstances) {
  if (isKeyed) return isSought ? KEYED : KEYED_TRACELESS;
  return isSought ? BARE : BARE_TRACELESS;
}

const STILL_UNKNOWN = {
  message: 'The outcome of the first request with this key is not known yet.',
  extensions: { code: 'UPSTREAM_TIMEOUT' },
};

const PAID = 'It may have been done, and paid for';
const KEYED = `${PAID}. The result is being searched for: retry with the same idempotencyKey. The write is never sent twice, and the answer is its result when that is found.`;
const KEYED_TRACELESS = `${PAID}, and its result cannot be recognized with certainty: look for it yourself before you send it again with another idempotencyKey.`;
const BARE = `${PAID}: look for it before you send it again. Send an \`idempotencyKey\` with every such request: then a retry is safe.`;
const BARE_TRACELESS = `${PAID}: look for it before you send it again.`;
