import type { Session } from '../../upstream/client.ts';
import { unread } from '../../upstream/wire.ts';

/** Answered with nothing: ten prompts a tune appear later. */
export const createTheme = (astria: Session, theme: object) =>
  astria.request({ method: 'POST', path: '/themes', body: { theme }, response: unread });
