/** Files of trusted documents, gone when the test is over. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export function fileOf(content: unknown, name = 'manifest.json'): string {
  const folder = mkdtempSync(join(tmpdir(), 'astria-manifest-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** As codegen's client preset writes it. */
export const presetOf = (...texts: string[]) =>
  Object.fromEntries(texts.map((text) => [`sha256:${sha256(text)}`, text]));

/** As Apollo's generate-persisted-query-manifest writes it. */
export const apolloOf = (...texts: string[]) => ({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: texts.map((body) => ({
    id: sha256(body),
    name: /\w+ (\w+)/.exec(body)?.[1] ?? '',
    type: body.split(' ', 1)[0],
    body,
  })),
});
