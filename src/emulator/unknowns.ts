/**
 * Behaviour of Astria that nobody outside knows (`docs/emulator.md`). The emulator has to choose: each choice is the plainest
 * one, is listed here, and can be changed at the start or while the emulator runs. Do not rely on them.
 */
export interface Unknowns {
  /** A `limit` above this is read as this. It is Astria's documented maximum, and a larger limit is not described. */
  highestLimit: number;
  /** The status of an answer that Astria's idempotency replays. */
  replayStatus: 200 | 201;
  /** The status of `DELETE /tunes/:id` and `DELETE /prompts/:id`: both are documented. A 200 has a `message`. */
  deleteStatus: 200 | 204;
  /** Whether `GET /prompts?tune_id=` also finds prompts that only name the tune, as `/tunes/:id/prompts` does. */
  tuneFilterFindsReferences: boolean;
  /** Whether a row in another workspace of the account can be read by its id. */
  readsAcrossWorkspaces: boolean;
  /** Whether a tune has its `workspace_id`: no real body with it was seen. */
  tunesTellTheirWorkspace: boolean;
  /** Whether tunes and prompts show every parameter that they were made with. Real bodies show the documented fields only. */
  tellsEveryParameter: boolean;
  /** Whether `/gallery/tunes` and `/gallery/packs`, which are public, need a key. */
  galleryAsksForKey: boolean;
  /** The `Content-Type` of callbacks. Astria's is not always JSON. */
  callbackContentType: string;
  /** The `Retry-After` of a 429 by a fault that does not say it, in seconds. Null sends none. */
  retryAfter: number | null;
  /** The balance of a new account, in milli-cents. */
  openingBalanceMc: number;
  /** What is charged, as a part of the published prices, and of the emulator's own where there are none. */
  priceFactor: number;
}

export const PLAIN_CHOICES: Unknowns = {
  highestLimit: 120,
  replayStatus: 200,
  deleteStatus: 200,
  tuneFilterFindsReferences: true,
  readsAcrossWorkspaces: true,
  tunesTellTheirWorkspace: false,
  tellsEveryParameter: false,
  galleryAsksForKey: false,
  callbackContentType: 'application/json',
  retryAfter: null,
  openingBalanceMc: 100_000_000,
  priceFactor: 1,
};
