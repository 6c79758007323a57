/** What each command of `astria-graphql` is made of. */

export interface Command {
  /** What it does, in a sentence or two. */
  about: string;
  options: Readonly<Record<string, Option>>;
  run(given: Given): Promise<void> | void;
}

/** An option takes one value. */
interface Option {
  /** A value as an example, for the help. */
  example: string;
  about: string;
}

/** The values of the options, by their names. */
type Given = Readonly<Partial<Record<string, string>>>;

/** Ends the process with a message for the user, and with this exit code. */
export class CommandError extends Error {
  readonly exitCode: number = 1;
}

/** Thrown if the command line is wrong. */
export class UsageError extends CommandError {
  override readonly exitCode = 2;
}
