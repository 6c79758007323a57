/** The commands of the skill, run by curl as an agent runs them. */
import { expect, test } from 'vitest';
import { startJobs } from '../jobs/support.ts';
import { gatewayKeys, secretOf } from '../support/gateway-keys.ts';
import { agentAt, commands } from './skill.ts';

/** Runs them one after the other, because some name what earlier ones have made. */
async function runAll(key: string, environment: Record<string, string> = {}) {
  const options = { seed: true, token: 'sd_demo', hasOwnMedia: true, environment };
  const { url, passUntil, requests } = await startJobs(options);
  const run = agentAt(url, key);
  const answers: string[] = [];
  for (const { command } of commands) {
    const running = run(command);
    await passUntil(running);
    const { code, complaints, told } = await running;
    expect([code, complaints], command).toEqual([0, '']);
    answers.push(told);
  }
  return { answers: answers.map(parsed), requests: requests() };
}

const parsed = (text: string) => (text.startsWith('{') ? JSON.parse(text) : text);

test('every command answers what stands below it', async () => {
  const { answers, requests } = await runAll('');
  expect(answers).toEqual(commands.map(({ answer }) => parsed(answer ?? '')));
  // One that is refused by its price is not sent.
  expect(requests.filter((one) => one.startsWith('POST'))).toEqual([
    'POST /tunes/3618064/prompts',
    'POST /tunes/3618064/prompts',
    'POST /tunes',
  ]);
});

test('with a key of the gateway the answers are the same', async () => {
  const GATEWAY_KEYS = gatewayKeys({ name: 'agent' });
  const { answers } = await runAll(secretOf('agent'), { GATEWAY_KEYS });
  expect(answers).toEqual(commands.map(({ answer }) => parsed(answer ?? '')));
});

test('without the key that a gateway wants nothing is answered', async () => {
  const GATEWAY_KEYS = gatewayKeys({ name: 'agent' });
  const { url } = await startJobs({ environment: { GATEWAY_KEYS } });
  const { told } = await agentAt(url, '')(commands[0]?.command ?? '');
  expect(JSON.parse(told).errors[0].extensions.code).toBe('UNAUTHENTICATED');
});
