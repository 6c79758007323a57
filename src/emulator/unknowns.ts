/**
 * What nobody outside Astria knows (`docs/emulator.md`). The emulator has to do something: each choice is the plainest
 * there is, stands here alone, and can be changed by whoever starts the emulator or while it runs. Rely on none of them.
 */
export interface Unknowns {
  /** A `limit` above this is read as this; Astria's documented maximum, whose overstepping is undescribed. */
  highestLimit: number;
  /** The status of an answer that idempotency replays. */
  replayStatus: 200 | 201;
  /** Of `DELETE /tunes/:id` and `DELETE /prompts/:id`: documented as either. With 200 comes a `message`. */
  deleteStatus: 200 | 204;
  /** `GET /prompts?tune_id=`: only what ran on the tune, or also what names it, as `/tunes/:id/prompts` does. */
  tuneFilterFindsReferences: boolean;
  /** Whether a row of another of the account's workspaces can be read by its id. */
  readsAcrossWorkspaces: boolean;
  /** What a tune says of the workspace it was placed in: no real body was ever seen with it. */
  tunesTellTheirWorkspace: boolean;
  /** Whether a tune and a prompt tell every parameter they were made with: real bodies hold the documented fields alone. */
  tellsEveryParameter: boolean;
  /** Whether `/gallery/tunes` and `/gallery/packs`, which are public, are told to those only who bring a key. */
  galleryAsksForKey: boolean;
  /** `Content-Type` of callbacks: Astria's own is not always JSON. */
  callbackContentType: string;
  /** In seconds, sent with a 429 that a fault asks for without saying when to come back; null sends none. */
  retryAfter: number | null;
  /** What a new account can spend, in milli-cents. */
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
