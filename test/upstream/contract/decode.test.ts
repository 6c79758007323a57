import { expect, test } from 'vitest';
import * as z from 'zod';
import { Pack } from '../../../src/entities/pack/rest.ts';
import { Prompt } from '../../../src/entities/prompt/rest.ts';
import { Tune } from '../../../src/entities/tune/rest.ts';
import { decode } from '../../../src/upstream/contract/decode.ts';

test.each([
  ['a sound row', { id: 1, title: 'Ines' }, { id: 1, title: 'Ines' }, []],
  ['an unknown field, which nobody reads', { id: 1, colour: 'red' }, { id: 1 }, []],
  ['a number for a text', { id: 1, title: 7 }, { id: 1, title: undefined }, ['title']],
  ['a date that is none', { id: 1, eta: 'soon' }, { id: 1, eta: undefined }, ['eta']],
  ['an address that would run', { id: 1, url: 'javascript:x' }, { id: 1, url: undefined }, ['url']],
  [
    'a list that is none',
    { id: 1, orig_images: 'a.jpg' },
    { id: 1, orig_images: undefined },
    ['orig_images'],
  ],
  [
    'bad elements alone in a list',
    { id: 1, orig_images: [5, null] },
    { id: 1, orig_images: undefined },
    ['orig_images'],
  ],
  ['an empty list', { id: 1, orig_images: [] }, { id: 1, orig_images: [] }, []],
  [
    'bad elements of a list',
    { id: 1, orig_images: [1, 'https://a.example/1', null, 'https://a.example/2'] },
    { id: 1, orig_images: ['https://a.example/1', 'https://a.example/2'] },
    ['orig_images'],
  ],
])('a tune with %s', (_, body, value, drift) => {
  expect(decode(Tune, body)).toStrictEqual({ ok: true, value, drift });
});

test.each([
  ['no id', { title: 'x' }],
  ['an id that is a text', { id: 'x' }],
  ['null', null],
  ['a list', []],
  ['nothing', undefined],
])('a tune is lost with %s', (_, body) => {
  expect(decode(Tune, body).ok).toBe(false);
});

test('a list loses the rows without an id, and keeps the rest', () => {
  const body = [{ id: 3 }, { title: 'no id' }, 'no row', { id: null }, { id: 1, steps: 'many' }];
  expect(decode(z.array(Tune), body)).toEqual({
    ok: true,
    value: [{ id: 3 }, { id: 1, steps: undefined }],
    drift: ['id', '', 'steps'],
  });
});

test('an image that is no address leaves its place, so that the others keep their content types', () => {
  const body = {
    id: 1,
    images: ['https://a.example/1', 5, 'https://a.example/3'],
    content_types: ['image/jpeg', 'image/png', 'video/mp4'],
  };
  expect(decode(Prompt, body)).toMatchObject({
    value: { images: ['https://a.example/1', null, 'https://a.example/3'] },
    drift: ['images'],
  });
});

test('a broken excerpt of a tune costs the excerpt, not the prompt', () => {
  const body = { id: 1, tune: { title: 'x' }, tunes: [{ id: 5 }, { id: 'x' }, 7] };
  expect(decode(Prompt, body)).toMatchObject({
    value: { id: 1, tune: undefined, tunes: [{ id: 5 }] },
  });
});

test('a broken price costs the price, not the others', () => {
  const body = {
    id: 1,
    cost_mc_hash: { man: 'free', woman: 100 },
    costs: { dog: 5, cat: { cost: 2 } },
  };
  expect(decode(Pack, body)).toMatchObject({
    value: { cost_mc_hash: { woman: 100 }, costs: { cat: { cost: 2 } } },
  });
});

test.each([
  ['3.0', 3],
  [3.5, 3.5],
  [null, null],
  ['', undefined],
  ['high', undefined],
])('cfg_scale %j reads as %j', (cfg_scale, value) => {
  expect(decode(Prompt, { id: 1, cfg_scale })).toMatchObject({ value: { cfg_scale: value } });
});
