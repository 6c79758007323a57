/** The users of an app share one key of Astria, and the app decides who they are. */
import type { Gateway } from 'astria-graphql';

interface SignedIn {
  /** The secret of the app's entry in `gatewayKeys`: `gk_…`. It never leaves the server. */
  gatewayKey: string;
  isSignedIn(request: Request): Promise<boolean>;
}

export const forSignedIn =
  (gateway: Gateway, { gatewayKey, isSignedIn }: SignedIn) =>
  async (request: Request): Promise<Response> => {
    if (!(await isSignedIn(request))) return new Response('Sign in first.', { status: 401 });
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${gatewayKey}`);
    return gateway.fetch(new Request(request, { headers }));
  };
