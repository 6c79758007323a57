import type { Operations } from '../graphql/operations.ts';
import { SingleFlight } from '../upstream/single-flight.ts';
import type { Incoming } from './incoming.ts';
import type { Load, Owner } from './load.ts';

/** Parses new documents in turns of the event loop, so that a thousand of them do not block everything else. */
export class Readings {
  readonly #readings = new SingleFlight<void>();
  readonly #operations: Operations;
  readonly #load: Load;

  constructor(operations: Operations, load: Load) {
    this.#operations = operations;
    this.#load = load;
  }

  knows(params: Incoming['params']): boolean {
    return [params].flat().every((one) => this.#operations.knows(one));
  }

  async read(params: Incoming['params'], owner: Owner, leaving: AbortSignal) {
    const asked = [params].flat();
    const texts = asked.map((one) => one?.query).join('\n');
    const { result, leave } = this.#readings.join(texts, (signal) =>
      this.#load.readInTurn(owner, signal, () => {
        for (const one of asked) this.#operations.askedBy(one);
      }),
    );
    leaving.addEventListener('abort', leave, { once: true });
    await result;
  }
}
