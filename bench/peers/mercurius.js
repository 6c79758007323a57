/** As it comes: what Astria answers is taken at its word. */
import { serve } from './mercurius-server.js';
import { readsWith } from './shared.js';

await serve(readsWith());
