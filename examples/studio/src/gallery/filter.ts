import type { GALLERY } from '../graphql/documents.ts';
import type { VariablesOf } from '../graphql/tada.ts';

/** What the gallery's address says of its filters. */
export interface GallerySearch {
  text?: string;
  kind?: 'images' | 'videos';
  liked?: true;
}

export const PAGE = 24;

type Filter = VariablesOf<typeof GALLERY>['filter'];

/** Returns the filter that the address asks for. Equal filters are equal texts, so the cache knows them again. */
export const filterOf = ({ text, kind, liked }: GallerySearch): Filter => ({
  ...(text && { text }),
  ...(kind && { isVideo: kind === 'videos' }),
  ...(liked && { liked }),
});
