/** The server of the Model Context Protocol. One is made for each message, because it keeps nothing between them. */
import { McpServer, type ServerContext } from '@modelcontextprotocol/server';
import type { Clock } from '../../jobs/clock.ts';
import { VERSION } from '../../observe/version.ts';
import type { AnnouncedTool } from './announced.ts';
import type { Run } from './tool.ts';

const INSTRUCTIONS =
  'Astria generates images and videos with foundation models and with tunes, which are models of a person or a product. Choose a model by list_models and a tune by find_tunes; put the reference of the tune into the text of create_prompt. Call a tool that costs money without maxCost to learn the price, ask the person, then call it again with maxCost and the same idempotencyKey. Then call wait_for until isDone, and show the images.';

const REPORT_EVERY_MS = 5000;

type WakeAt = Pick<Clock, 'now' | 'wakeAt'>;

interface Serving {
  run: Run;
  /** The tools that the caller may use. */
  offered: readonly AnnouncedTool[];
  clock: WakeAt;
}

export function createToolServer({ run, offered, clock }: Serving): McpServer {
  const server = new McpServer(
    { name: 'astria-graphql', title: 'Astria', version: VERSION },
    // A client cannot listen for changes of the list.
    { capabilities: { tools: { listChanged: false } }, instructions: INSTRUCTIONS },
  );
  for (const { name, description, inputSchema, outputSchema, annotations, call } of offered) {
    server.registerTool(
      name,
      { description, inputSchema, outputSchema, annotations },
      (args, context) =>
        call(args as Record<string, unknown>, { run, reportUntil: reporterTo(context, clock) }),
    );
  }
  return server;
}

/** Sends a notification every few seconds, which also keeps clients and proxies from giving up. */
function reporterTo({ mcpReq }: ServerContext, clock: WakeAt) {
  const { progressToken } = mcpReq._meta ?? {};
  return (total: number) => {
    if (progressToken === undefined) return () => {};
    const beganMs = clock.now();
    let cancel: () => void;
    const again = () => {
      cancel = clock.wakeAt(clock.now() + REPORT_EVERY_MS, report);
    };
    const report = () => {
      const progress = Math.round((clock.now() - beganMs) / 1000);
      const params = { progressToken, progress, total };
      // A client that has left gets no more.
      mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {});
      again();
    };
    again();
    return () => cancel();
  };
}
