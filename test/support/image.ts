/** How the image starts Node, read from its `Dockerfile`: floods and uploads are weighed as they are with what is shipped. */
import { readFileSync } from 'node:fs';

const dockerfile = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');
const [, entrypoint = '[]'] = /^ENTRYPOINT (\[.*\])$/m.exec(dockerfile) ?? [];

/** The image's `node`, the arguments that Node takes for itself, and the program. */
export const ENTRYPOINT: readonly string[] = JSON.parse(entrypoint);

/** What the image sets for memory, as an environment. */
export const IMAGE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Array.from(dockerfile.matchAll(/\b(MALLOC_\w+)=(\d+)/g), ([, name, value]) => [name, value]),
  ),
  NODE_OPTIONS: ENTRYPOINT.slice(1, -1).join(' '),
};
