/** What is published: the gateway in a few files, with all that it needs of npm in them. */
import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'rolldown';
import { licensePlugin } from 'rolldown-license-plugin';

/** Of graphql's two copies the modules, of which only what is used is taken; by its files' names we would have both. */
const oneGraphql: Plugin = {
  name: 'one-graphql',
  resolveId: {
    filter: { id: /^graphql\/.+\.js$/ },
    handler(id, importer) {
      return this.resolve(id.replace(/js$/, 'mjs'), importer);
    },
  },
};

/** Astria is not spoken to in HTTP/2 (see `tries.ts`). undici loads Node's at once, but does without where there is none. */
const noHttp2: Plugin = {
  name: 'no-http2',
  resolveId: { filter: { id: /^node:http2$/ }, handler: () => '\0no-http2' },
  load: {
    filter: { id: /^\0no-http2$/ },
    handler: () => 'module.exports = { constants: {} };',
  },
};

/** Packages whose publisher has left out the text all say MIT. */
const MIT = readFileSync('LICENSE', 'utf8').replace(/^Copyright.*$/m, 'Copyright (c) its authors');

const licenses = licensePlugin({
  failOnUnlicensed: true,
  allow: ({ license, licenseText }) => licenseText !== '' || license === 'MIT',
  failOnViolation: true,
  done(packages, build) {
    const source = packages
      .map(({ name, version, license, licenseText }) =>
        `${name} ${version} (${license})\n\n${licenseText || MIT}`.trim(),
      )
      .join(`\n\n${'-'.repeat(80)}\n\n`);
    build.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: `${source}\n` });
  },
});

export default defineConfig({
  input: {
    main: 'src/main.ts',
    'gateway-key': 'src/gateway-key.ts',
    // A thread, too, which begins with the file that this is in: within yoga's it would load all of that.
    'graphiql-page': 'src/http/graphiql-page.ts',
  },
  platform: 'node',
  resolve: { mainFields: ['module', 'main'] },
  plugins: [oneGraphql, noHttp2, licenses],
  output: {
    dir: 'dist',
    cleanDir: true,
    chunkFileNames: '[name].js',
    comments: { legal: true, annotation: false, jsdoc: false },
  },
});
