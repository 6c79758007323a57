/** Real bodies of Astria's decode without a loss. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { Inspection } from '../../src/entities/inspection/rest.ts';
import { Catalogue } from '../../src/entities/models/rest.ts';
import { Pack, PackRun } from '../../src/entities/pack/rest.ts';
import { Prompt } from '../../src/entities/prompt/rest.ts';
import { Tune } from '../../src/entities/tune/rest.ts';
import { readerOf } from '../../src/upstream/contract/compiled.ts';
import { decode } from '../../src/upstream/contract/decode.ts';
import { RowKeys } from '../../src/upstream/contract/drift-keys.ts';
import { Viewer } from '../../src/upstream/users.ts';

const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`../samples/${name}.json`, import.meta.url), 'utf8'));

const runs = sample('pack-run-answers');
const callbacks = sample('callbacks');

test.each<[string, z.ZodType, unknown]>([
  ['tune-lora', Tune, sample('tune-lora')],
  ['tune-faceid', Tune, sample('tune-faceid')],
  ['tunes-list', z.array(Tune), sample('tunes-list')],
  ['prompt-created', Prompt, sample('prompt-created')],
  ['prompt-done-lora', Prompt, sample('prompt-done-lora')],
  ['prompt-failed', Prompt, sample('prompt-failed')],
  ['prompt-video', Prompt, sample('prompt-video')],
  ['pack-detail', Pack, sample('pack-detail')],
  ['pack-multi', Pack, sample('pack-multi')],
  ['packs-list', z.array(Pack), sample('packs-list')],
  ['user', Viewer, sample('user')],
  ['models', Catalogue, sample('models')],
  ['image-inspect', Inspection, sample('image-inspect')],
  ['a run on photos', PackRun, runs.trained_from_photos],
  ['a run on tunes', PackRun, runs.existing_tunes],
  ['a run of a multi pack', PackRun, runs.multi_pack],
  ['the callback of a tune', Tune, callbacks.tune.tune],
  ['the callback of a prompt', Prompt, callbacks.prompt.prompt],
  ['the callback of prompts', z.array(Prompt), callbacks.prompts],
])('%s decodes, and needs no repair', (_, schema, body) => {
  const decoded = decode(schema, structuredClone(body));
  expect(decoded).toMatchObject({ ok: true, drift: [] });
  expect(decoded).toEqual({ ...decoded, value: readerOf(schema)(structuredClone(body)) });
  expect(new RowKeys(schema).look(body).appeared).toEqual([]);
});

test('nothing known of a sample is lost on the way', () => {
  const body = sample('prompt-video');
  expect(decode(Prompt, structuredClone(body))).toMatchObject({ value: body });
});
