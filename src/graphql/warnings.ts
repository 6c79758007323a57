import type { Made } from '../paid/ledger/ledger.ts';
import { builder } from './builder.ts';

const WarningCode = builder.enumType('WarningCode', {
  description: 'The kinds of warnings.',
  values: {
    WRONG_WORKSPACE: {
      description: 'It is in another workspace than the requested one.',
    },
    ALREADY_THERE: {
      description:
        "Nothing new was made: the object existed before, and the account's idempotency returned it.",
    },
    FOUND: {
      description:
        "Astria's answer was lost, and this object was found: it was made after the request, equals it in everything, and is the only one.",
    },
  } as const,
});

export interface Warning {
  code: 'WRONG_WORKSPACE' | 'ALREADY_THERE' | 'FOUND';
  message: string;
}

export const WarningType = builder.objectRef<Warning>('Warning').implement({
  description: 'A way in which a successful change differs from what was requested.',
  fields: (t) => ({
    code: t.expose('code', {
      type: WarningCode,
      nullable: false,
      description: 'The kind of difference.',
    }),
    message: t.exposeString('message', { nullable: false, description: 'A sentence for people.' }),
  }),
});

/**
 * Warns if a row landed in another workspace. A key without access to a workspace writes into the personal scope silently. Null
 * asks for the personal scope.
 */
export function workspaceWarnings(
  asked: number | string | null | undefined,
  found: string | null | undefined,
): Warning[] {
  // If Astria does not say where the row is, nothing is known.
  if (asked === undefined || found === undefined) return [];
  if (found === String(asked) || found === asked) return [];
  const why = asked === null ? '' : ': this key may have lost access';
  const message = `Astria has it in ${nameOf(found)}, not in ${nameOf(asked)}${why}.`;
  return [{ code: 'WRONG_WORKSPACE', message }];
}

const nameOf = (workspace: number | string | null) =>
  workspace === null ? 'your personal scope' : `workspace ${workspace}`;

/** Warns about how the result was obtained. */
export function madeWarnings({ wasFound, wasKnown }: Made): Warning[] {
  if (wasFound) return [{ code: 'FOUND', message: FOUND }];
  return wasKnown ? [{ code: 'ALREADY_THERE', message: REPEATED }] : [];
}

const REPEATED = 'Nothing new was made: Astria answered with what was there before.';
const FOUND = "Astria's answer was lost; this was found, and is the only one it can be.";
