import {
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  parse,
} from 'graphql';
import { compile, type Executor } from '../../src/execution/compile.ts';
import { Turns } from './turns.ts';

interface Asked {
  schema: GraphQLSchema;
  text: string;
  variables?: Record<string, unknown> | null;
  operationName?: string;
  /** Made for each of them: what it says of the calls that were made is compared too. */
  context: (turns: Turns) => { root?: object; calls?: unknown[] };
}

/** How graphql-js answers, and how we do. */
export async function both({ schema, text, variables, operationName, context }: Asked) {
  const document = parse(text);
  const interpret: Executor = (contextValue, variableValues) =>
    execute({
      ...{ schema, document, contextValue, variableValues, operationName },
    }) as ReturnType<Executor>;
  const compiled = compile(schema, document, { operationName });
  const run = (executor: Executor) => watched(() => outcome(executor, context, variables));
  const [expected, leaks] = await run(interpret);
  const [actual, unhandled] = await run(compiled);
  // Where graphql-js gives up a list, nobody listens to the rest of it; and what we do not compile is left to it.
  const isOurs = unhandled.length > 0 && unhandled.length !== leaks.length;
  const { data } = actual.answer ?? {};
  // What graphql-js makes has no prototype.
  const isCompiled = data ? Object.getPrototypeOf(data) !== null : undefined;
  return { expected, actual: isOurs ? { ...actual, unhandled } : actual, isCompiled };
}

/** What came of it, as far as the two must be the same. */
async function outcome(
  run: Executor,
  makeContext: Asked['context'],
  variables: Asked['variables'],
) {
  const turns = new Turns();
  const context = makeContext(turns);
  let result: ExecutionResult | undefined;
  let turn: number | undefined;
  let thrown: unknown;
  try {
    const answer = run(context, variables);
    if (answer instanceof Promise) {
      void answer.then((late) => {
        result = late;
        turn = turns.now;
      });
    } else result = answer;
  } catch (error) {
    thrown = error;
  }
  await turns.pass();
  return {
    answer: result && { ...result, errors: result.errors?.map(described) },
    /** With the order of its keys. */
    text: JSON.stringify(result?.data, (_, value) =>
      typeof value === 'bigint' ? `${value}n` : value,
    ),
    calls: context.calls,
    /** When the answer was there. */
    turn,
    thrown,
  };
}

/** `originalError` may be of another run, so it cannot be the very same. */
function described(error: GraphQLError) {
  const { message, path, locations, extensions, name, nodes, originalError } = error;
  const at = nodes?.map(({ loc }) => loc?.start);
  const cause = originalError && {
    class: originalError.constructor.name,
    message: originalError.message,
    locations: (originalError as Partial<GraphQLError>).locations,
  };
  return { name, message, path, locations, extensions, at, cause };
}

/** With what was rejected meanwhile and nobody listened to. */
async function watched<T>(work: () => Promise<T>): Promise<[T, unknown[]]> {
  const unhandled: unknown[] = [];
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (error) => unhandled.push(error));
  try {
    return [await work(), unhandled];
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const other of others) process.on('unhandledRejection', other);
  }
}
