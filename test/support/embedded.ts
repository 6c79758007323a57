/** Gateways within the process of the test, as a program that uses the package has them. */
import { onTestFinished } from 'vitest';
import {
  createGateway,
  type EmulatorOptions,
  type GatewayOptions,
  startEmulator,
} from '../../src/embed.ts';

/** Starts a gateway before an emulator of its own, whose key each request brings. */
export async function embedded(options: GatewayOptions = {}, emulated: EmulatorOptions = {}) {
  const emulator = await startEmulator(emulated);
  onTestFinished(() => emulator.close());
  const gateway = await embed({ astriaBaseUrl: emulator.url, ...options });
  return { gateway, emulator };
}

export async function embed(options: GatewayOptions) {
  const gateway = await createGateway({ ledgerPath: ':memory:', ...options });
  onTestFinished(() => gateway.close());
  return gateway;
}

export const AUTHORIZED = { authorization: 'Bearer sd_demo' };

export const asking = (query: string, init: RequestInit = {}) =>
  new Request('http://app.example/api/graphql', {
    method: 'POST',
    body: JSON.stringify({ query }),
    ...init,
    headers: { 'content-type': 'application/json', ...AUTHORIZED, ...init.headers },
  });
