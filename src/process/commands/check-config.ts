import { accessWarnings } from '../../auth/access-settings.ts';
import { type Config, ConfigError, readConfig } from '../../config.ts';
import { effectiveSettings } from '../effective.ts';
import { EMULATOR } from '../greeting.ts';
import { warnOfShortEnd } from '../shutdown.ts';
import { type Command, CommandError } from './command.ts';

export const command: Command = {
  about: `Reads the environment, and the files that it names, as the start of a service would. Prints each setting,
without secrets, and ends with 0; or says all that is wrong, and ends with 1.
It makes no connection and opens no ledger. So it does not know whether the port is free, or whether Astria,
Redis and the ledger can be reached.`,
  options: {},
  async run() {
    try {
      const config = readConfig(process.env);
      await checkDocuments(config);
      if (!config.baseUrl) warn(EMULATOR);
      for (const warning of accessWarnings(config)) warn(warning);
      warnOfShortEnd(config, { warn: (_, warning) => warn(warning) });
      console.log(effectiveSettings(process.env, config).join('\n'));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      throw new CommandError(`The environment has faults:\n${error.message}`);
    }
  },
};

const warn = (warning: string) => console.error(`Warning: ${warning}`);

/** Compiles the trusted documents against the schema, which is loaded only if there are any. */
async function checkDocuments({ trustedDocuments, introspection, maxUpstreamCalls }: Config) {
  if (trustedDocuments.length === 0) return;
  const [{ Operations }, { schema }, { prepare }] = await Promise.all([
    import('../../graphql/operations.ts'),
    import('../../graphql/schema.ts'),
    import('../../graphql/trusted/prepare.ts'),
  ]);
  prepare(new Operations(schema, { introspection }), trustedDocuments, maxUpstreamCalls);
}
