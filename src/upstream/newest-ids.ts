/**
 * The highest id seen of each kind of object, by its name in paths. What Astria numbers by itself it numbers in the order in
 * which it is made, for all accounts together: what has an id no higher than one that was seen before a write was there
 * before it. No clock says that as surely.
 */
export class NewestIds {
  readonly #newest = new Map<string, number>();

  /** Takes the ids in an answer. The last name in the route is the resource: the rows of `/tunes/:id/prompts` are prompts. */
  note(route: string, answer: unknown) {
    const resource =
      route.split('/').findLast((part) => part !== '' && !part.startsWith(':')) ?? '';
    for (const row of [answer].flat()) {
      const { id } = (row ?? {}) as { id?: unknown };
      if (typeof id === 'number' && id > (this.#newest.get(resource) ?? 0)) {
        this.#newest.set(resource, id);
      }
    }
  }

  /** 0 where none has been seen. */
  of(resource: string): number {
    return this.#newest.get(resource) ?? 0;
  }
}
