import type { ApolloClient } from '@apollo/client';
import { REFERENCES } from '../graphql/documents.ts';
import { CREATE_REFERENCE } from '../graphql/mutations.ts';
import type { OnProgress } from '../graphql/upload-fetch.ts';
import { withFirst } from '../graphql/with-first.ts';
import type { Terms } from '../ui/paid.ts';
import { inputOf, type ReferenceDraft } from './reference-draft.ts';

interface NewReference {
  draft: ReferenceDraft;
  files: readonly File[];
  terms: Terms;
  onProgress: OnProgress;
}

/** The number of references that the page reads at a time. */
export const PAGE = 24;

export async function createReference(client: ApolloClient, made: NewReference): Promise<void> {
  const { draft, files, terms, onProgress } = made;
  await client.mutate({
    mutation: CREATE_REFERENCE,
    variables: {
      input: { ...inputOf(draft), ...terms, images: files.map((file) => ({ file: copyOf(file) })) },
    },
    context: { fetchOptions: { onProgress } },
    update: (cache, { data }) => {
      const tune = data?.createTune.tune;
      if (!tune) return;
      for (const filter of [{}, { modelType: draft.kind }]) {
        cache.updateQuery({ query: REFERENCES, variables: { first: PAGE, filter } }, (known) => {
          if (!known?.tunes) return undefined;
          const nodes = withFirst(tune, known.tunes.nodes);
          return { ...known, tunes: { ...known.tunes, nodes } };
        });
      }
    },
  });
}

/** The same photo can be chosen twice, but one `File` may stand only once in a request. */
const copyOf = (file: File) => new File([file], file.name, { type: file.type });
