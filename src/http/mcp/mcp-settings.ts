/** The setting of the Model Context Protocol. */
import type * as z from 'zod';
import { onOff, type Trust } from '../../auth/access-settings.ts';
import type { TrustedDocument } from '../../graphql/trusted/manifest.ts';
import { isOfAgents, shippedDocuments } from './documents.ts';

export const mcpSettings = { MCP: onOff('off') };

interface Settings {
  MCP: z.infer<typeof mcpSettings.MCP>;
  TRUSTED_DOCUMENTS: Trust;
  TRUSTED_DOCUMENTS_PATH?: readonly TrustedDocument[] | undefined;
}

/** Returns a fault if no tool could run, each with the variable that it is about. */
export function mcpFaults(env: Settings): [name: string, message: string][] {
  const { MCP, TRUSTED_DOCUMENTS, TRUSTED_DOCUMENTS_PATH } = env;
  // A variable with a fault of its own is still the unparsed text.
  if (MCP !== true || TRUSTED_DOCUMENTS !== 'only' || !Array.isArray(TRUSTED_DOCUMENTS_PATH)) {
    return [];
  }
  const trusted = new Set(TRUSTED_DOCUMENTS_PATH.map(({ text }) => text));
  const ofTools = [...shippedDocuments()].filter(([name]) => isOfAgents(name));
  if (ofTools.some(([, text]) => trusted.has(text))) return [];
  return [
    [
      'MCP',
      'no tool could run: under TRUSTED_DOCUMENTS=only add schema/trusted-documents.json of this package to TRUSTED_DOCUMENTS_PATH, or leave MCP out',
    ],
  ];
}
