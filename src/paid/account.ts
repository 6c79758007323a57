/** The account that pays for a write. An idempotency key belongs to it, whichever of the account's Astria keys is used. */
import { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import { failure } from '../graphql/errors.ts';
import { fetchViewer, type Viewer } from '../upstream/users.ts';

/** The account could not be learned, so nothing was sent. */
export class AccountUnknown extends Error {
  constructor(cause?: unknown) {
    super('The account of a key is unknown', { cause });
  }

  /** `known` is the part of the cause that the client sees. */
  told(known: GraphQLError | undefined): GraphQLError | undefined {
    if (this.cause && !known) return undefined;
    const { message, extensions } =
      known ?? failure('UPSTREAM_CONTRACT', 'Astria does not tell whose key this is.');
    return new GraphQLError(`${message} ${ADVICE}`, {
      extensions: { ...extensions, outcome: 'NOT_DONE' },
    });
  }
}

const ADVICE =
  'An idempotencyKey counts for one account, which Astria was asked for first: nothing was sent, and asking again is safe.';

/**
 * Returns all names of the account that Astria has told. Asked once for each of Astria's keys. Throws `AccountUnknown` if
 * Astria does not answer.
 */
export async function accountOf({ upstream, credential, calls }: Context) {
  const { token } = credential;
  // The write itself will be refused, with the reason.
  if (token === undefined) return [];
  return upstream.accounts.of(token, async () => {
    calls.allowOneMore();
    const asked = upstream.as({ ...credential, workspaceId: undefined }, { calls });
    const viewer = await fetchViewer(asked).catch((error) => {
      throw new AccountUnknown(error);
    });
    const names = namesOf(viewer);
    if (names.length === 0) throw new AccountUnknown();
    return names;
  });
}

/** Not every answer has all of them. In the personal scope the payer is the owner. In a team it is somebody else. */
function namesOf({ id, payer, email }: Viewer): string[] {
  const numbers = [id, payer?.self ? payer.id : undefined].flatMap((number) =>
    number == null ? [] : `number ${number}`,
  );
  return [...new Set([...numbers, ...(email ? [`address ${email}`] : [])])];
}
