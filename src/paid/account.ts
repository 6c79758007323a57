/**
 * Finds the account whose money a write spends. An idempotency key belongs to the account, whichever of the account's keys it
 * is sent with.
 */
import type { Context } from '../context.ts';
import { failure } from '../graphql/errors.ts';
import { fetchViewer, type Viewer } from '../upstream/users.ts';
import { NotSent } from './not-sent.ts';

const ADVICE =
  'An idempotencyKey belongs to one account, so the account is requested from Astria first: nothing was sent, and trying again is safe.';

const UNTOLD = () =>
  failure('UPSTREAM_CONTRACT', 'Astria does not report the account of this key.');

/**
 * Returns all names of the account that Astria reports. They are requested once for each of Astria's keys. Throws `NotSent` if
 * Astria does not answer.
 */
export async function accountOf({ upstream, credential, calls }: Context) {
  const { token } = credential;
  // The write itself will be refused, with the reason.
  if (token === undefined) return [];
  return upstream.accounts.of(token, async () => {
    calls.allowMore();
    const asked = upstream.as({ ...credential, workspaceId: undefined }, { calls });
    const viewer = await fetchViewer(asked).catch((error) => {
      throw new NotSent(ADVICE, error);
    });
    const names = namesOf(viewer);
    if (names.length === 0) throw new NotSent(ADVICE, UNTOLD());
    return names;
  });
}

/** Not every answer contains all of them. In the personal scope the payer is the owner. In a team it is somebody else. */
function namesOf({ id, payer, email }: Viewer): string[] {
  const numbers = [id, payer?.self ? payer.id : undefined].flatMap((number) =>
    number == null ? [] : `number ${number}`,
  );
  return [...new Set([...numbers, ...(email ? [`address ${email}`] : [])])];
}
