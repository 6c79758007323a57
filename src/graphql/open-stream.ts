/** The state of one stream, shared by those who make its events and those who write them. */
export class OpenStream {
  /** The last event that the client has received: the header `Last-Event-ID`. */
  readonly lastEventId: string | undefined;
  /** Whether it ends early, so that the client should come back. */
  isCut = false;
  /** The event ids, keyed by result. */
  readonly #ids = new WeakMap<object, string>();

  constructor(lastEventId?: string) {
    this.lastEventId = lastEventId;
  }

  note(result: object, id: string) {
    this.#ids.set(result, id);
  }

  idOf(result: object): string | undefined {
    return this.#ids.get(result);
  }
}
