import { GraphQLError } from 'graphql';

/** What has to be known before a write is sent could not be learned, so nothing was sent. */
export class NotSent extends Error {
  /** For the caller: what was asked for first. */
  readonly advice: string;

  constructor(advice: string, cause: unknown) {
    super('A write was not sent', { cause });
    this.advice = advice;
  }

  /** `known` is what the client learns of the cause. */
  told(known: GraphQLError | undefined): GraphQLError | undefined {
    const told = this.cause instanceof GraphQLError ? this.cause : known;
    if (!told) return undefined;
    return new GraphQLError(`${told.message} ${this.advice}`, {
      extensions: { ...told.extensions, outcome: 'NOT_DONE' },
    });
  }
}
