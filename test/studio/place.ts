import { fileURLToPath } from 'node:url';

export const STUDIO = fileURLToPath(new URL('../../examples/studio/', import.meta.url));
