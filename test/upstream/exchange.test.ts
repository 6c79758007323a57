/** What an Astria that has gone wrong may send. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { startBefore } from '../support/odd-astria.ts';

test('a body without end is read no further than any can be long', async () => {
  const piece = Buffer.alloc(1_000_000, ' ');
  let pieces = 0;
  const upstream = await startBefore((_, response) => {
    const go = () => {
      do pieces++;
      while (response.write(piece));
    };
    response.on('drain', go);
    go();
  });
  const error = await upstream
    .as({ token: 'sd_a', workspaceId: undefined })
    .request({ path: '/users', response: z.unknown() })
    .catch((error) => error);
  expect(error).toMatchObject({ reason: 'connection', isUnsent: false });
  expect((error as Error).cause).toMatchObject({
    message: 'the body is longer than 20000000 bytes',
  });
  expect(pieces).toBeLessThan(40);
});
