/** Of one request that is answered by a stream: what those who make its events have to tell those who write them. */
export class OpenStream {
  /** The last event that the client had, as the header `Last-Event-ID` says. */
  readonly lastEventId: string | undefined;
  /** It ends before all has been told: the client is to come back. */
  isCut = false;
  /** By the results. */
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
