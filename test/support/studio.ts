import { startGateway, type TestGatewayOptions } from './gateway.ts';

/** Two workspaces and the personal scope, each with a tune, a prompt that runs on it, and a pack. */
export async function startStudio(options: TestGatewayOptions = {}) {
  const gateway = await startGateway(options);
  const { account } = gateway;
  for (const id of [679, 683]) account.addWorkspace({ id, title: `Studio ${id}` });
  for (const [index, workspace_id] of [null, 679, 683].entries()) {
    account.addTune({
      id: 10 + index,
      title: `tune of ${workspace_id}`,
      token: `t${index}`,
      workspace_id,
    });
    account.addPrompt({
      id: 20 + index,
      tune_id: 10 + index,
      text: `prompt of ${workspace_id}`,
      workspace_id,
    });
    account.addPack({ id: 30 + index, title: `pack of ${workspace_id}`, workspace_id });
  }
  /** Each request with the workspace it was made in. */
  const placed = () =>
    gateway.emulator.requests.map(({ method, path, headers }) => {
      const place = headers['x-workspace-id'] ?? 'personal';
      return `${place}: ${method} ${decodeURIComponent(path)}`;
    });
  return { ...gateway, placed };
}
