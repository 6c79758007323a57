/** The command `astria-graphql`. It loads the modules of the command that is run, and no others. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { withoutKeys } from '../observe/secrets.ts';
import { VERSION } from '../observe/version.ts';
import { type Command, CommandError, UsageError } from './commands/command.ts';

interface Listed {
  summary: string;
  load(): Promise<{ command: Command }>;
}

const COMMANDS: ReadonlyMap<string, Listed> = new Map(
  Object.entries({
    serve: {
      summary: 'Starts the gateway. The same as no command.',
      load: () => import('./commands/serve.ts'),
    },
    emulator: {
      summary: 'Starts the emulator of Astria alone.',
      load: () => import('./commands/emulator.ts'),
    },
    key: {
      summary: 'Makes a key for a caller.',
      load: () => import('./commands/key.ts'),
    },
    'check-config': {
      summary: 'Checks the environment, and prints the effective configuration.',
      load: () => import('./commands/check-config.ts'),
    },
  }),
);

const PROGRAM = 'astria-graphql';
const HELP = { help: { type: 'boolean', short: 'h' } } as const;

/** Runs the command that the arguments name. */
export async function run(args: readonly string[]) {
  // What is compiled is kept for the next start. It has its own folder, because code must not be in one that all users of a
  // machine share. If the folder cannot be written, nothing is kept.
  enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)));
  try {
    await dispatch(args);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    // A key may have been put into the wrong place.
    console.error(withoutKeys(error.message));
    process.exitCode = error.exitCode;
  }
}

async function dispatch(args: readonly string[]) {
  const [name = 'serve', ...rest] = args;
  if (name.startsWith('-')) {
    const { version } = parse(PROGRAM, args, { ...HELP, version: { type: 'boolean', short: 'v' } });
    return console.log(version ? VERSION : overview());
  }
  const listed = COMMANDS.get(name);
  if (!listed) {
    throw new UsageError(
      `There is no command ${JSON.stringify(name)}: ${PROGRAM} --help lists the commands.`,
    );
  }
  const { command } = await listed.load();
  const names = Object.keys(command.options);
  const { help, ...given } = parse(`${PROGRAM} ${name}`, rest, {
    ...HELP,
    ...Object.fromEntries(names.map((option) => [option, { type: 'string' } as const])),
  });
  if (help) return console.log(helpOf(name, command));
  return command.run(given as Record<string, string>);
}

/** Returns the values of the options. Throws a `UsageError` if there are others. */
function parse(program: string, args: readonly string[], options: ParseArgsOptionsConfig) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('ERR_PARSE_ARGS_')) throw error;
    // Node explains further in sentences that follow.
    const [said] = message.split(/\.\s/);
    throw new UsageError(`${said}: ${program} --help lists the options.`);
  }
}

const table = (rows: readonly (readonly [string, string])[]) => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
};

const HELP_ROW = ['-h, --help', 'Prints this help.'] as const;

const overview = () => `Usage: ${PROGRAM} [command] [options]

A GraphQL gateway over Astria's REST API.

Commands:
${table([...COMMANDS].map(([name, { summary }]) => [name, summary]))}

Options:
${table([
  ['-h, --help', 'Prints this help, or that of a command.'],
  ['-v, --version', 'Prints the version.'],
])}

Settings are environment variables: docs/configuration.md in the package lists them.`;

function helpOf(name: string, { about, options }: Command): string {
  const rows = Object.entries(options).map(
    ([option, { example, about }]) => [`--${option} ${example}`, about] as const,
  );
  return `Usage: ${PROGRAM} ${name}${rows.length > 0 ? ' [options]' : ''}

${about}

Options:
${table([...rows, HELP_ROW])}`;
}
