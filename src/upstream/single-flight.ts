/** A place among those who wait for the same work. */
export interface SharedCall<T> {
  result: Promise<T>;
  /** Stops waiting. The work is aborted when the last one has left. */
  leave(): void;
}

/**
 * Work in flight. Its fields are cleared when it is over: a Map that grows leaves old tables behind, and what they reference
 * would live until the next full garbage collection.
 */
interface Flight<T> {
  result: Promise<T> | undefined;
  controller: AbortController | undefined;
  seats: number;
}

/** Does work once if several ask for it while it is in flight. Nothing is kept when it is over. */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();

  has(key: string): boolean {
    return this.#flights.has(key);
  }

  /** `key` says all that the result depends on, and who may see it. */
  join(key: string, begin: (signal: AbortSignal) => Promise<T>): SharedCall<T> {
    const flight = this.#flights.get(key) ?? this.#begin(key, begin);
    flight.seats++;
    let isSeated = true;
    return {
      result: flight.result as Promise<T>,
      leave: () => {
        if (!isSeated) return;
        isSeated = false;
        flight.seats--;
        if (flight.seats > 0) return;
        const { controller } = flight;
        this.#end(key, flight);
        controller?.abort();
      },
    };
  }

  #begin(key: string, begin: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const result = begin(controller.signal);
    const flight: Flight<T> = { result, controller, seats: 0 };
    this.#flights.set(key, flight);
    const end = () => this.#end(key, flight);
    result.then(end, end);
    return flight;
  }

  /** The key may belong to new work by now, if this flight was aborted. */
  #end(key: string, flight: Flight<T>) {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
    flight.result = undefined;
    flight.controller = undefined;
  }
}
