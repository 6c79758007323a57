import { GraphQLError } from 'graphql';

/** A write was not sent, because something that must be known first could not be read. */
export class NotSent extends Error {
  /** Tells the caller what was requested first. */
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
