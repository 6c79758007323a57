#!/usr/bin/env node
/** The entry point of the process. Modules that are loaded from here on are compiled once and cached for the next start. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// The cache has its own folder, because code must not be in one that all users of a machine share. If the folder cannot be
// written, there is no cache.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
await import('./process/run.ts');
