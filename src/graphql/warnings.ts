import { builder } from './builder.ts';

const WarningCode = builder.enumType('WarningCode', {
  description: 'What a warning is about.',
  values: {
    WRONG_WORKSPACE: {
      description: 'It was put into another workspace than the one asked for.',
    },
  } as const,
});

export interface Warning {
  code: 'WRONG_WORKSPACE';
  message: string;
}

export const WarningType = builder.objectRef<Warning>('Warning').implement({
  description: 'Something about a change that went through, but not quite as asked.',
  fields: (t) => ({
    code: t.expose('code', {
      type: WarningCode,
      nullable: false,
      description: 'What it is about.',
    }),
    message: t.exposeString('message', { nullable: false, description: 'In words, for a person.' }),
  }),
});

/**
 * A key that has lost access to a workspace writes into the personal scope without a word. `found` is undefined where
 * Astria does not say, and nothing can be said here either.
 */
export function workspaceWarnings(
  asked: string | undefined,
  found: number | null | undefined,
): Warning[] {
  if (!asked || asked === 'all' || found === undefined || String(found) === asked) return [];
  const place = found === null ? 'your personal scope' : `workspace ${found}`;
  const message = `Astria put it into ${place}, not into workspace ${asked}: this key may have lost access to that.`;
  return [{ code: 'WRONG_WORKSPACE', message }];
}
