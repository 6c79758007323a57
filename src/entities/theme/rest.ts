import type { Session } from '../../upstream/client.ts';
import { unread } from '../../upstream/wire.ts';

/** The answer is empty. Ten prompts for each tune appear later. */
export const createTheme = (astria: Session, theme: object) =>
  astria.request({
    method: 'POST',
    path: '/themes',
    body: { theme },
    names: { theme: { tune_ids: 'Tune' } },
    // What Astria has among the attributes of prompts stands in the input itself.
    nested: { under: undefined, at: ['theme', 'prompt_attributes'], parameters: [] },
    response: unread,
  });
