/** The resources that Astria numbers with its own ids, by their names in paths. */
type Resource = 'tunes' | 'prompts';

const NAMED: readonly string[] = ['tunes', 'prompts'] satisfies Resource[];

/**
 * The highest id seen of each resource. Astria numbers objects in the order in which they are made, across all accounts. So an
 * object whose id is not above one that was seen before a write existed before that write. No clock tells this as reliably.
 */
export class NewestIds {
  readonly #newest = new Map<string, number>();

  /** Takes the ids in an answer. The last name in the route is the resource: the rows of `/tunes/:id/prompts` are prompts. */
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

  /** Returns the highest id seen, or 0. */
  of(resource: Resource): number {
    return this.#newest.get(resource) ?? 0;
  }
}
