/** Programs that import the installed package, for `test/process/package.proof.test.ts`. */

/** Everything is checked, also the declarations of the package and of what they import. */
export const TSCONFIG = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024'],
    module: 'nodenext',
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  },
};

export const CONSUMER = `
  import { createGateway, type GatewayOptions, startEmulator } from 'astria-graphql';
  const emulator = await startEmulator({ frozenAt: new Date() });
  const id: number = emulator.account('sd_a').addTune({ title: 'x' }).id;
  export const options: GatewayOptions = {
    astriaBaseUrl: emulator.url,
    maxStreams: id,
    upstreamBreaker: false,
    budgetDay: '5.00',
    corsOrigins: ['https://a.example'],
    trustedDocuments: 'only',
    rateLimit: '10/s',
    gatewayKeys: [{ name: 'web', hash: 'sha256:', role: 'read', workspaces: [12, 'personal'] }],
    logger: console,
  };
  const gateway = await createGateway(options);
  export const answer: Response = await gateway.fetch(new Request('http://a/graphql'));
  // @ts-expect-error
  export const ofTheProcess: GatewayOptions = { port: 4000 };
  // @ts-expect-error
  export const noNumber: GatewayOptions = { maxStreams: 'many' };
  // @ts-expect-error
  export const misspelt: GatewayOptions = { astriaBaseURL: 'https://api.astria.ai' };
`;

export const QUIET = `
  import { createGateway, startEmulator } from 'astria-graphql';
  const handlers = () => process.eventNames().map((name) => [String(name), process.listenerCount(name)]);
  const before = JSON.stringify(handlers());
  const emulator = await startEmulator();
  const gateway = await createGateway({ astriaBaseUrl: emulator.url, ledgerPath: ':memory:', metrics: true });
  const request = new Request('http://a/graphql?query={__typename}');
  const response = await gateway.fetch(request);
  if (!response.ok) throw new Error(await response.text());
  await response.text();
  if (JSON.stringify(handlers()) !== before) throw new Error('it has handlers: ' + JSON.stringify(handlers()));
  await gateway.close();
  await emulator.close();
`;

/** By this name yoga knows Next, and uses the native classes of the Fetch API there. */
export const IN_NEXT = `
  globalThis.__NEXT = true;
  const { createGateway, startEmulator } = await import('astria-graphql');
  const emulator = await startEmulator();
  const gateway = await createGateway({ astriaBaseUrl: emulator.url, ledgerPath: ':memory:' });
  const authorization = 'Bearer ' + emulator.key;
  const ask = async (body, headers) => {
    const request = new Request('http://a/graphql', { method: 'POST', body, headers: { authorization, ...headers } });
    return (await gateway.fetch(request)).json();
  };
  const json = { 'content-type': 'application/json' };
  const asked = (query) => ask(JSON.stringify({ query }), json);
  const form = new FormData();
  const query = 'mutation ($file: Upload) { createTune(input: { title: "x", images: [{ file: $file }] }) { tune { title } } }';
  form.set('operations', JSON.stringify({ query, variables: { file: null } }));
  form.set('map', '{ "0": ["variables.file"] }');
  form.set('0', new File([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100_000)], 'x.png'));
  console.log(JSON.stringify([
    await asked('{ tune(id: 1504944) { title } }'),
    await asked('mutation { deleteTune(input: { id: 1 }) { query { __typename } } }'),
    await ask(form, { 'apollo-require-preflight': 'true' }),
  ]));
  await gateway.close();
  await emulator.close();
`;
