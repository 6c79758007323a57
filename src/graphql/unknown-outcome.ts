import { GraphQLError } from 'graphql';

/** What became of a write is not known, and it may have cost money. `cause` is how that came; undefined where it was asked for again. */
export class UnknownOutcome extends Error {
  /** For the caller: what to do now. */
  readonly advice: string;

  constructor(cause: unknown, { isKeyed, isSought }: { isKeyed: boolean; isSought: boolean }) {
    super('The outcome of a write is unknown', { cause });
    this.advice = isKeyed ? (isSought ? KEYED : KEYED_TRACELESS) : isSought ? BARE : BARE_TRACELESS;
  }

  /** `known` is what the client learns of the cause. */
  told(known: GraphQLError | undefined): GraphQLError | undefined {
    if (this.cause && !known) return undefined;
    const { message, extensions } = known ?? STILL_UNKNOWN;
    return new GraphQLError(`${message} ${this.advice}`, {
      extensions: { ...extensions, outcome: 'UNKNOWN' },
    });
  }
}

const STILL_UNKNOWN = {
  message: 'What became of the first request with this key is not known yet.',
  extensions: { code: 'UPSTREAM_TIMEOUT' },
};

const PAID = 'It may have been done, and paid for';
const KEYED = `${PAID}. It is being looked for: ask again with the same idempotencyKey, which never sends it twice, and answers with what it made once that is found.`;
const KEYED_TRACELESS = `${PAID}, and leaves nothing it could surely be known by: look for it yourself before you send it again, with another idempotencyKey.`;
const BARE = `${PAID}: look for it before you send it again. With an \`idempotencyKey\` asking again is safe.`;
const BARE_TRACELESS = `${PAID}: look for it before you send it again.`;
