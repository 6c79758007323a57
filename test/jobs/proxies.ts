/** nginx and HAProxy, as `deploy/` has them, each in front of one gateway. */
import { onTestFinished } from 'vitest';
import { startDeployedProxy } from '../support/deployed-proxies.ts';
import type { ProxyName } from '../support/proxies.ts';

/** `idleSeconds` is the time after which the proxy gives up a connection that says nothing. */
export async function proxyTo(gatewayUrl: string, name: ProxyName, idleSeconds: number) {
  const { host } = new URL(gatewayUrl);
  const proxy = await startDeployedProxy(name, { gateways: [host], idleSeconds });
  onTestFinished(proxy.stop);
  return proxy;
}
