/** What a prompt says of its tunes. */
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

test('each token of the text is a reference, and the subject token is none', async () => {
  const { run, account } = await startGateway();
  account.addPrompt({
    id: 5,
    text: '<1> beside <lora:11:0.75> and <faceid:12:1.0> woman, <lora:13> <lora:x:1> <0> <faceid:0:1>',
  });
  const { data } = await run('{ prompt(id: 5) { references { type strength tuneId } } }');
  expect(data).toEqual({
    prompt: {
      references: [
        { type: 'lora', strength: 0.75, tuneId: 11 },
        { type: 'faceid', strength: 1, tuneId: 12 },
        { type: 'lora', strength: null, tuneId: 13 },
      ],
    },
  });
});

test('what the prompt of a video names is a reference too', async () => {
  const { run, account, requests } = await startGateway();
  account.addTune({ id: 4076525, title: 'Maya', name: 'woman', model_type: 'faceid' });
  account.addPrompt({
    id: 5,
    text: '<lora:11:0.75> beach',
    video_model: 'seedance2_720p',
    video_prompt: '<faceid:4076525:1.0> woman waves at <faceid:12:1>',
  });
  account.addPrompt({ id: 6, text: null, video_prompt: '<faceid:4076525:1.0> woman waves' });
  const { data } = await run(
    '{ a: prompt(id: 5) { references { tuneId } } b: prompt(id: 6) { references { tune { title } } } }',
  );
  expect(data).toEqual({
    a: { references: [{ tuneId: 11 }, { tuneId: 4076525 }, { tuneId: 12 }] },
    b: { references: [{ tune: { title: 'Maya' } }] },
  });
  expect(requests().sort()).toEqual(['GET /prompts/5', 'GET /prompts/6']);
});

test('what an excerpt does not hold is asked of the tune itself', async () => {
  const { run, account, requests } = await startGateway();
  account.addTune({ id: 6, title: 'Six', token: 'six', model_type: null });
  account.addPrompt({ id: 5, tune_id: 6 });
  const { data } = await run(
    'query ($more: Boolean!) { prompt(id: 5) { tune { ...title ... on Node { id } token @include(if: $more) } } } fragment title on Tune { title }',
    { more: true },
  );
  expect(data).toEqual({ prompt: { tune: { title: 'Six', id: 'VHVuZTo2', token: 'six' } } });
  expect(requests()).toEqual(['GET /prompts/5', 'GET /tunes/6']);
});

test('a text that nobody should have written costs neither the list nor the time', async () => {
  const { run, account } = await startGateway();
  account.addPrompt({
    id: 5,
    text: '<lora:99999999999999999999:1> <lora:7:-0.5> <lora:8:9999999999999999>',
  });
  account.addPrompt({ id: 6, text: `<lora:1:${'1'.repeat(200_000)}` });
  const { data } = await run('{ prompts { nodes { references { tuneId strength } } } }');
  expect(data).toEqual({
    prompts: { nodes: [{ references: [] }, { references: [{ tuneId: 7, strength: -0.5 }] }] },
  });
});

test('of a text full of references the first hundred count', async () => {
  const { run, account } = await startGateway();
  account.addPrompt({ id: 5, text: '<lora:11:1>'.repeat(101) });
  const { data } = await run('{ prompt(id: 5) { references { tuneId } } }');
  expect(data).toEqual({ prompt: { references: Array(100).fill({ tuneId: 11 }) } });
});

test('fragments that spread one another are each looked at once', async () => {
  const { run, account } = await startGateway();
  account.addPrompt({ id: 5 });
  const fragments = Array.from(
    { length: 7 },
    (_, index) => `fragment F${index} on Tune { title ...F${index + 1} ...F${index + 1} }`,
  );
  const { errors } = await run(
    `{ prompt(id: 5) { tune { ...F0 } } } ${fragments.join(' ')} fragment F7 on Tune { title }`,
  );
  expect(errors).toBeUndefined();
});
