/** nginx as a cache in front of a gateway. It keeps whatever an answer lets it keep. */
import { onTestFinished } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { startProxy } from '../support/proxies.ts';

/** Returns its address. `X-Cache` of its answers says whether they were kept: HIT, MISS, EXPIRED … */
export async function startCachingNginx(gatewayUrl: string): Promise<string> {
  const { host } = new URL(gatewayUrl);
  const { url, stop } = await startProxy(
    'nginx',
    await freePort(),
    ({ folder, port }) => `
  proxy_cache_path ${folder}/cache keys_zone=answers:1m;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://${host};
      proxy_cache answers;
      # What says nothing for itself is kept too.
      proxy_cache_valid any 10m;
      proxy_cache_revalidate on;
      add_header X-Cache $upstream_cache_status always;
    }
  }
`,
  );
  onTestFinished(stop);
  return url;
}
