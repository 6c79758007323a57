import * as z from 'zod';
import type { Session } from './client.ts';
import { flag, float, id, text, time } from './wire.ts';

/** The account whose money is spent. It depends on the workspace. */
const Payer = z.object({ id: id.nullish(), name: text, self: flag, usd_balance_mc: float });
export type Payer = z.infer<typeof Payer>;

/** The owner of the key. */
export const Viewer = z.object({
  id: id.nullish(),
  email: text,
  name: text,
  usd_balance_mc: float,
  auto_extend_tunes: flag,
  top_off_amount: float,
  purchased_plugin_at: time,
  payer: Payer.nullish(),
});
export type Viewer = z.infer<typeof Viewer>;

/** Reads the owner. The path is plural, but the answer is a single object. */
export const fetchViewer = (astria: Session) =>
  astria.request({ path: '/users', response: Viewer });
