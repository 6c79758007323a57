/**
 * Serves the pictures and films of the embedded emulator, whose port is only known to this machine. Answers give them addresses
 * below the address of the request, so that they also work through a forwarded port and behind https.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Pictures and films that a browser may not reach where they are. */
export interface ServedMedia {
  /** The origin of their addresses in Astria's answers. */
  url: string;
  /** Serves a file below `/images/`. */
  serveMedia(path: string, request: IncomingMessage, response: ServerResponse): void;
}

/** Below the graph's path, so that a proxy that forwards the graph forwards them too. */
const PATH = /\/graphql(\/images\/[^?]+)/;

export function createOwnMedia(media: ServedMedia | undefined) {
  return {
    /** Returns true if the request was answered. */
    answers(request: IncomingMessage, response: ServerResponse): boolean {
      const path = PATH.exec(request.url ?? '')?.[1];
      if (!media || !path || request.method !== 'GET') return false;
      // Any page may show them, as with Astria's storage.
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
      media.serveMedia(path, request, response);
      return true;
    },

    /** Returns the base that replaces the emulator's origin in the answer to this request. */
    baseFor: (request: IncomingMessage) => media && addressOf(request),

    /** Moves the addresses of pictures in an answer to another base. */
    moved<Data>(data: Data, base: string): Data {
      if (!media) return data;
      const from = `${media.url}/images/`;
      return JSON.parse(JSON.stringify(data).replaceAll(from, `${base}/images/`));
    },
  };
}

export type OwnMedia = ReturnType<typeof createOwnMedia>;

/**
 * Returns the address of the graph as the client sees it, also for a request to the subgraph. `X-Forwarded-Proto` is believed
 * from anybody: it only affects the sender's own answer, and only the emulator is behind it.
 */
function addressOf({ url = '', headers }: IncomingMessage): string {
  const isSecure = /^https\b/.test(String(headers['x-forwarded-proto'] ?? ''));
  const { host, pathname } = new URL(`http://${headers.host ?? 'localhost'}${url}`);
  return `${isSecure ? 'https' : 'http'}://${host}${pathname.replace(/\/\w+\/?$/, '/graphql')}`;
}
