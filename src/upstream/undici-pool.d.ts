/** The pool alone: all of undici, its `fetch` and its WebSockets included, takes 8 MB and 50 ms more at every start. */
declare module 'undici/lib/dispatcher/pool.js' {
  // biome-ignore lint/style/noDefaultExport: it is what that file exports.
  export { Pool as default } from 'undici';
}
