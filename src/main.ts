#!/usr/bin/env node
/**
 * The entry point. It checks the version of Node before anything else is parsed, so that an older Node answers with a sentence
 * and not with a syntax error. So it has no static import, and no syntax that Node 12 cannot parse.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `astria-graphql needs Node 22.19 or newer, and this is Node ${process.versions.node}: install a newer one from https://nodejs.org.`,
  );
  process.exitCode = 1;
} else {
  void import('./process/command-line.ts').then(({ run }) => run(process.argv.slice(2)));
}
