/** How much of a body has been sent, from 0 to 1. */
export type OnProgress = (part: number) => void;

interface Options extends RequestInit {
  onProgress?: OnProgress;
}

/**
 * Does as `fetch` does, and tells of the progress of an upload if `onProgress` is among its options, which Apollo passes on from
 * `context.fetchOptions`. `fetch` itself tells nobody, so that upload goes by XMLHttpRequest.
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
