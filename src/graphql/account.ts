/** Whose money a write spends: to whom an idempotency key belongs, whichever of the account's keys it is sent with. */
import type { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import { fetchViewer, type Viewer } from '../upstream/users.ts';
import { failure } from './errors.ts';

/** Whose it is could not be learned, so nothing was sent. */
export class AccountUnknown extends Error {
  constructor(cause?: unknown) {
    super('The account of a key is unknown', { cause });
  }

  /** `known` is what the client learns of the cause. */
  told(known: GraphQLError | undefined): GraphQLError | undefined {
    if (this.cause && !known) return undefined;
    const { message, extensions } = known ?? SILENT;
    return failure('UPSTREAM_CONTRACT', `${message} ${ADVICE}`, {
      ...extensions,
      outcome: 'NOT_DONE',
    });
  }
}

const SILENT = {
  message: 'Astria does not tell whose key this is.',
  extensions: { code: 'UPSTREAM_CONTRACT' },
};

const ADVICE =
  'An idempotencyKey counts for one account, which Astria was asked for first: nothing was sent, and asking again is safe.';

/** Asked of Astria once for each of its keys. Throws `AccountUnknown` where it does not answer. */
export async function accountOf({ upstream, credential, calls }: Context): Promise<string> {
  const { token } = credential;
  // Refused, with the reason, by the write itself.
  if (token === undefined) return '';
  return upstream.accounts.of(token, async () => {
    calls.allowOneMore();
    const asked = upstream.as({ ...credential, workspaceId: undefined }, { calls });
    const viewer = await fetchViewer(asked).catch((error) => {
      throw new AccountUnknown(error);
    });
    const account = nameOf(viewer);
    if (account === undefined) throw new AccountUnknown();
    return account;
  });
}

/** Not every answer has the number: in the personal scope the payer is the owner, and an address is one's own too. */
function nameOf({ id, payer, email }: Viewer) {
  const number = id ?? (payer?.self ? payer.id : undefined);
  return number != null ? String(number) : (email ?? undefined);
}
