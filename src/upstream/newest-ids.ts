/** What Astria numbers by itself, by its name in paths. */
type Resource = 'tunes' | 'prompts';

const NAMED: readonly string[] = ['tunes', 'prompts'] satisfies Resource[];

/**
 * The highest id seen of each kind of object. Astria numbers objects in the order in which they are made, for all accounts
 * together: what has an id no higher than one that was seen before a write was there before it. No clock says that as surely.
 */
export class NewestIds {
  readonly #newest = new Map<string, number>();

  /** Of an answer to `/tunes/:id/prompts`, say, whose rows are prompts. */
  note(route: string, answer: unknown) {
    const resource =
      route.split('/').findLast((part) => part !== '' && !part.startsWith(':')) ?? '';
    if (!NAMED.includes(resource)) return;
    for (const row of [answer].flat()) {
      const { id } = (row ?? {}) as { id?: unknown };
      if (typeof id === 'number' && id > (this.#newest.get(resource) ?? 0)) {
        this.#newest.set(resource, id);
      }
    }
  }

  /** 0 where none has been seen. */
  of(resource: Resource): number {
    return this.#newest.get(resource) ?? 0;
  }
}
