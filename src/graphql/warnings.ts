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

/** A key that has lost access to a workspace writes into the personal scope without a word; null asks for that. */
export function workspaceWarnings(
  asked: number | string | null | undefined,
  found: number | null | undefined,
): Warning[] {
  // Where Astria does not say, nothing can be said here either.
  if (asked === undefined || found === undefined) return [];
  if (String(found) === String(asked)) return [];
  const why = asked === null ? '' : ': this key may have lost access';
  const message = `Astria has it in ${placeOf(found)}, not in ${placeOf(asked)}${why}.`;
  return [{ code: 'WRONG_WORKSPACE', message }];
}

const placeOf = (workspace: number | string | null) =>
  workspace === null ? 'your personal scope' : `workspace ${workspace}`;
