/** Imported, `node:http` would load all that it can give, WebSockets too: 40 ms of every start. */
export const { createServer } = process.getBuiltinModule('node:http');
