import { readFileSync } from 'node:fs';

/** Of this gateway, as it is published: `package.json` lies beside `src`, and beside `dist`. */
export const VERSION: string = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
).version;
