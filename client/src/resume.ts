/**
 * For clients of graphql-ws and graphql-sse, alone or in the links of Apollo and urql. When a stream is cut they ask again, word
 * for word: with this they bring the `cursor` of their last event, and are told nothing twice.
 */
interface Request {
  query: string;
  variables?: Record<string, unknown> | null | undefined;
}

interface Sink<Result> {
  next(result: Result): void;
  error(error: unknown): void;
  complete(): void;
}

/** What graphql-ws and graphql-sse call a client. */
interface Subscribing {
  // biome-ignore lint/suspicious/noExplicitAny: each library has types of its own for what it takes
  subscribe(request: any, sink: any, ...more: any[]): () => void;
}

/** The operation declares `$after: String`, gives it to its field as `after`, and selects `cursor`. */
export function resuming<Client extends Subscribing>(client: Client): Client {
  const subscribe = (request: Request, sink: Sink<unknown>, ...more: unknown[]) => {
    // Both libraries write it down anew each time they ask.
    const variables = { ...request.variables };
    const noting: Sink<unknown> = {
      next(result) {
        variables.after = cursorIn(result) ?? variables.after;
        sink.next(result);
      },
      error: (error) => sink.error(error),
      complete: () => sink.complete(),
    };
    return client.subscribe({ ...request, variables }, noting, ...more);
  };
  async function* iterate(request: Request, ...more: unknown[]) {
    const arrived: unknown[] = [];
    let end: { error?: unknown } | undefined;
    let wake = () => {};
    const over = (how: { error?: unknown }) => {
      end = how;
      wake();
    };
    const sink: Sink<unknown> = {
      next(result) {
        arrived.push(result);
        wake();
      },
      error: (error) => over({ error }),
      complete: () => over({}),
    };
    const leave = subscribe(request, sink, ...more);
    try {
      for (;;) {
        while (arrived.length > 0) yield arrived.shift();
        if (end && 'error' in end) throw end.error;
        if (end) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      leave();
    }
  }

  return { ...client, subscribe, iterate };
}

function cursorIn(result: unknown): string | undefined {
  const { data } = result as { data?: Record<string, { cursor?: string } | null> | null };
  return Object.values(data ?? {}).find((event) => event?.cursor)?.cursor;
}
