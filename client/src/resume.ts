/**
 * Resumes streams of graphql-ws and graphql-sse clients, alone or in the links of Apollo and urql. After a disconnect these
 * clients send the same request again. With this they add the `cursor` of their last event, and get no event twice.
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

/** The common part of clients of graphql-ws and graphql-sse. */
interface Subscribing {
  // biome-ignore lint/suspicious/noExplicitAny: each library has types of its own for what it takes
  subscribe(request: any, sink: any, ...more: any[]): () => void;
}

/** The operation must declare `$after: String`, pass it to its field as `after`, and select `cursor`. */
export function resuming<Client extends Subscribing>(client: Client): Client {
  const subscribe = (request: Request, sink: Sink<unknown>, ...more: unknown[]) => {
    // Changed in place, because both libraries serialize the variables again for each attempt.
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
