/** What the package exports. */
// biome-ignore-start lint/performance/noBarrelFile: a package has one entry.
export { ConfigError } from './config.ts';
export { type Emulator, type EmulatorOptions, startEmulator } from './embed/emulator.ts';
export type { ClientInfo } from './embed/fetch.ts';
export { createGateway, type Gateway, type GatewayOptions } from './embed/gateway.ts';
export type { Logger } from './embed/log.ts';
// biome-ignore-end lint/performance/noBarrelFile: a package has one entry.
