#!/usr/bin/env node
/** Where the process begins. What is loaded from here on is compiled once, and found compiled at the next start. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./process.ts');
