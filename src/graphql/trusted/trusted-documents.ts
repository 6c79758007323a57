/** Documents that the operator trusts, and how a request names one. */
import type { Trust } from '../../auth/access-settings.ts';
import type { Caller } from '../../auth/caller.ts';
import { badRequest, failure, forbidden } from '../errors.ts';
import { BY_HASH, digestOf, type TrustedDocument } from './manifest.ts';

/** The members of a request. They may be anything. */
interface Sent {
  query?: unknown;
  documentId?: unknown;
  extensions?: unknown;
}

export class TrustedDocuments {
  readonly #trust: Trust;
  readonly #byId = new Map<string, string>();
  readonly #texts = new Set<string>();
  readonly #refusal: () => Error;

  /** `refusal` makes the error for other documents, where only trusted ones may be run. */
  constructor(
    trust: Trust,
    documents: readonly Pick<TrustedDocument, 'id' | 'text'>[] = [],
    refusal = onlyTrusted,
  ) {
    this.#trust = trust;
    this.#refusal = refusal;
    for (const { id, text } of documents) {
      this.#texts.add(text);
      this.#byId.set(id, text).set(digestOf(text), text);
    }
  }

  /**
   * Returns the document of a request: its own, or the one that it names by `documentId` or by the extension of Apollo's
   * persisted queries. Throws if there is no such document, or if the request also sends a different one.
   */
  documentOf(sent: Sent): unknown {
    const { query } = sent;
    if (this.#trust === 'off') {
      if (query == null && isNamed(sent)) throw notSupported();
      return query;
    }
    return this.#idsIn(sent).reduce<unknown>((text, id) => this.#named(id, text), query);
  }

  #idsIn({ documentId, extensions }: Sent): string[] {
    const ids: string[] = [];
    if (documentId != null) ids.push(idIn(documentId));
    const persisted = persistedIn(extensions);
    if (persisted != null) {
      const id = hashIn(persisted);
      // Apollo sends the id of its manifest, which need not be a hash.
      ids.push(this.#byId.has(id) ? id : BY_HASH + id);
    }
    return ids;
  }

  #named(id: string, sent: unknown): string {
    const found = this.#byId.get(id);
    if (sent == null) {
      if (found === undefined) throw this.#byId.size > 0 ? notFound() : notSupported();
      return found;
    }
    // Sending a document with its id does not register it. A mismatch is an error of the client.
    if (typeof sent === 'string' && (sent === found || digestOf(sent) === id)) return sent;
    if (found === undefined && !id.startsWith(BY_HASH)) throw notFound();
    throw badRequest(
      'The id names a different document than `query` contains: send only one of them.',
    );
  }

  /** Throws if the caller may only run trusted documents and this is not one. */
  check(text: string, caller: Pick<Caller, 'documents'>) {
    if (!this.allows(text, caller)) throw this.#refusal();
  }

  /** Returns whether the caller may run the document. */
  allows(text: string, { documents }: Pick<Caller, 'documents'>): boolean {
    return (this.#trust !== 'only' && documents !== 'only') || this.#texts.has(text);
  }
}

const isNamed = ({ documentId, extensions }: Sent) =>
  documentId != null || persistedIn(extensions) != null;

const persistedIn = (extensions: unknown): unknown =>
  (extensions as { persistedQuery?: unknown } | null | undefined)?.persistedQuery;

function idIn(documentId: unknown): string {
  if (typeof documentId !== 'string') throw badRequest(ID_WANTED);
  return documentId;
}

function hashIn(persisted: unknown): string {
  const { version, sha256Hash } = persisted as { version?: unknown; sha256Hash?: unknown };
  if (version !== 1 || typeof sha256Hash !== 'string') throw badRequest(HASH_WANTED);
  return sha256Hash;
}

const ID_WANTED = '`documentId` must be a text, such as `sha256:` and the hash of a document.';
const HASH_WANTED =
  '`extensions.persistedQuery` must be `{ "version": 1, "sha256Hash": "…" }`, with the hash of a document.';

/** Clients compare these exact words. After this error they send the document. */
const notFound = () => failure('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', STATUS);
/** After this error they send the document, and stop sending its hash. */
const notSupported = () =>
  failure('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported', STATUS);

const STATUS = { http: { status: 400, spec: true } };

const onlyTrusted = () =>
  forbidden(
    'Only trusted documents may be run here: name one by its `documentId`. The operator of this gateway adds documents to the manifest.',
  );

/** Returns the trusted documents of the subgraph: none, because a router makes its documents itself. */
export function noneTrusted(trust: Trust) {
  const remedy =
    trust === 'only'
      ? 'this gateway runs no others, so ask `/graphql`.'
      : 'send a key that may run any document, or ask `/graphql`.';
  return new TrustedDocuments(trust, [], () =>
    forbidden(
      `The subgraph takes no trusted documents, because a router makes its documents itself: ${remedy}`,
    ),
  );
}
