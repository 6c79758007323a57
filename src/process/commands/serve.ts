import type { Command } from './command.ts';

export const command: Command = {
  about:
    'Starts the gateway. Its settings are environment variables: PORT=4001 astria-graphql serve',
  options: {},
  run: async () => (await import('../run.ts')).run(),
};
