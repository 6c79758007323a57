/** Receives the part of a body that has been sent, from 0 to 1. */
export type OnProgress = (part: number) => void;

interface Options extends RequestInit {
  onProgress?: OnProgress;
}

/**
 * Works as `fetch`. If the options have `onProgress`, it reports the progress of an upload. `fetch` cannot, so such a request is
 * an XMLHttpRequest. Apollo passes the options on from `context.fetchOptions`.
 */
export function fetchWithProgress(
  input: RequestInfo | URL,
  options: Options = {},
): Promise<Response> {
  const { onProgress, ...init } = options;
  return onProgress ? send(String(input), init, onProgress) : fetch(input, init);
}

const send = (url: string, { headers, body, signal }: RequestInit, onProgress: OnProgress) =>
  new Promise<Response>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    for (const [name, value] of new Headers(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    request.onload = () =>
      resolve(
        new Response(request.responseText, {
          status: request.status,
          headers: { 'Content-Type': request.getResponseHeader('Content-Type') ?? '' },
        }),
      );
    request.onerror = () => reject(new TypeError('The connection was lost.'));
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(body as XMLHttpRequestBodyInit);
  });
