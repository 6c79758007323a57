/**
 * The embedded emulator listens on a port that only this machine knows. So its pictures and films are served here too, and
 * answers name them by the address at which the gateway was asked: they show through a forwarded port, and behind https.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Pictures and films that a browser may not reach where they are. */
export interface ServedMedia {
  /** The origin of their addresses in Astria's answers. */
  url: string;
  /** Answers with what is at a path below `/images/`. */
  serveMedia(path: string, request: IncomingMessage, response: ServerResponse): void;
}

/** Below the graph, so that a proxy which leads there leads here. */
const PATH = /\/graphql(\/images\/[^?]+)/;

export function createOwnMedia(media: ServedMedia | undefined) {
  return {
    /** True where that was all that was asked. */
    answers(request: IncomingMessage, response: ServerResponse): boolean {
      const path = PATH.exec(request.url ?? '')?.[1];
      if (!media || !path || request.method !== 'GET') return false;
      // As with Astria's storage: any page may show them.
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
      media.serveMedia(path, request, response);
      return true;
    },

    /** What stands in place of the emulator's own origin in the answer to a request. */
    baseFor: (request: IncomingMessage) => media && addressOf(request),

    /** The data of an answer with the addresses of pictures below another base. */
    moved<Data>(data: Data, base: string): Data {
      if (!media) return data;
      const from = `${media.url}/images/`;
      return JSON.parse(JSON.stringify(data).replaceAll(from, `${base}/images/`));
    },
  };
}

export type OwnMedia = ReturnType<typeof createOwnMedia>;

/**
 * Of the graph, as the client has asked for it. What a proxy says of https is believed of anybody: it is in nobody's answer
 * but their own, and nothing but the emulator is behind it.
 */
function addressOf({ url = '', headers }: IncomingMessage): string {
  const isSecure = /^https\b/.test(String(headers['x-forwarded-proto'] ?? ''));
  const { host, pathname } = new URL(`http://${headers.host ?? 'localhost'}${url}`);
  return `${isSecure ? 'https' : 'http'}://${host}${pathname.replace(/\/$/, '')}`;
}
