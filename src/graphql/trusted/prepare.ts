import { type GraphQLError, Kind } from 'graphql';
import { ConfigError } from '../../config.ts';
import type { KnownDocument, Operations } from '../operations.ts';
import type { TrustedDocument } from './manifest.ts';

/** More faults would mostly repeat these. */
const MAX_FAULTS = 20;

/**
 * Compiles all trusted documents at the start, so that a broken one is found before a client asks for it. Throws with the
 * position of each fault.
 */
export function prepare(
  operations: Operations,
  documents: readonly TrustedDocument[],
  maxUpstreamCalls: number,
) {
  const faults = documents.flatMap((trusted) => {
    const known = operations.keep(trusted.text);
    const found = known.errors.map(faultOf);
    if (found.length === 0) found.push(...faultsOfOperations(known, maxUpstreamCalls));
    return found.map((fault) => `TRUSTED_DOCUMENTS_PATH: ${placeOf(trusted)}: ${fault}`);
  });
  if (faults.length === 0) return;
  const more = faults.length - MAX_FAULTS;
  const rest = more > 0 ? [`and ${more} faults more`] : [];
  throw new ConfigError([...faults.slice(0, MAX_FAULTS), ...rest].join('\n'));
}

const placeOf = ({ file, id, name, text }: TrustedDocument) =>
  `${file}: ${name ?? /\b(?:query|mutation|subscription)\s+(\w+)/.exec(text)?.[1] ?? 'a document without a name'} (${id})`;

function faultOf({ message, locations = [] }: GraphQLError): string {
  const [at] = locations;
  return at ? `line ${at.line}, column ${at.column}: ${message}` : message;
}

function faultsOfOperations({ document, operation }: KnownDocument, max: number): string[] {
  const faults: string[] = [];
  let found = 0;
  for (const definition of document?.definitions ?? []) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    found += 1;
    const estimate = operation(definition.name?.value)?.estimate;
    // The calls of other operations depend on their variables.
    const dear = estimate?.isFixed ? estimate.calls(undefined) : 0;
    if (dear > max) {
      faults.push(
        `it may take ${dear} calls to Astria, but MAX_UPSTREAM_CALLS allows ${max}: ask for less at once`,
      );
    }
  }
  return found > 0 ? faults : ['it holds no operation'];
}
