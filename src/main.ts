#!/usr/bin/env node
/** Where the process begins. What is loaded from here on is compiled once, and found compiled at the next start. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// In a folder of its own: one that all users of a machine share is no place for code. Where it cannot write, it does without.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
await import('./process/run.ts');
