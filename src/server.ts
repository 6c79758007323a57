import type { Deps } from './context.ts';
import type { Report } from './graphql/client-errors.ts';
import { Operations } from './graphql/operations.ts';
import { schema } from './graphql/schema.ts';
import { createFront } from './http/front.ts';
import { createHealth } from './http/health.ts';
import type { UploadLimits } from './http/upload-limits.ts';

interface GatewayOptions {
  uploads?: UploadLimits;
  /** How long a body that is no upload may take. */
  maxBodyMs?: number | undefined;
}

/** The gateway as a request listener. It does not listen by itself. */
export function createGateway(deps: Deps, { uploads, maxBodyMs }: GatewayOptions = {}) {
  const report: Report = (thrown, requestId) =>
    deps.log.error({ requestId, err: thrown }, 'an operation failed');
  const operations = new Operations(schema, deps.config);
  // A third of the time that a start takes, and 20 MB: only when it is first needed.
  const loadYoga = async () =>
    (await import('./http/yoga.ts')).createYogaServer(deps, {
      operations,
      report,
      uploads,
    });
  const { upstream, ledger, shutdown, now } = deps;
  const isStopping = () => shutdown?.isStopping ?? false;
  const health = createHealth({ upstream, ledger, isStopping, now });
  return createFront(deps, { loadYoga, operations, report, health, maxBodyMs });
}
