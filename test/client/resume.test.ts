/** What the recipes show of it is in `test/jobs/recipes.proof.test.ts`. */
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient as createSse } from 'graphql-sse';
import { createClient as createWs } from 'graphql-ws';
import { expect, test } from 'vitest';
import { resuming } from '../../client/src/resume.ts';
import { JOBS, startSubscribed } from '../jobs/subscribed.ts';
import { promptId } from '../jobs/support.ts';

const clientsOf = (url: string) => ({
  'graphql-ws': resuming(createWs({ url: url.replace(/^http/, 'ws') })),
  'graphql-sse': resuming(createSse({ url })),
});

type Name = keyof ReturnType<typeof clientsOf>;
const NAMES: Name[] = ['graphql-ws', 'graphql-sse'];

test.each(NAMES)('who leaves the loop over %s leaves the stream', async (name) => {
  const { url, add, deps } = await startSubscribed();
  add(7, null);
  const client = clientsOf(url)[name];
  for await (const { data } of client.iterate({
    query: JOBS,
    variables: { ids: [promptId(7)] },
  })) {
    expect(data).toMatchObject({ jobs: { isDone: false } });
    expect(deps.jobs.seats.taken).toBe(1);
    break;
  }
  await expect.poll(() => deps.jobs.seats.taken).toBe(0);
  client.dispose();
});

test('what ends a stream with an error is thrown by the loop', async () => {
  const { url } = await startSubscribed();
  const client = clientsOf(url)['graphql-ws'];
  const reading = client.iterate({ query: JOBS, variables: { ids: ['7'] } }).next();
  await expect(reading).rejects.toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  await client.dispose();
});

test("Apollo's link takes it", async () => {
  const { url } = await startSubscribed();
  const client = clientsOf(url)['graphql-ws'];
  expect(new GraphQLWsLink(client)).toBeInstanceOf(GraphQLWsLink);
  await client.dispose();
});
