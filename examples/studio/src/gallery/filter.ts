import type { GALLERY } from '../graphql/documents.ts';
import type { VariablesOf } from '../graphql/tada.ts';

/** The filters in the gallery's address. */
export interface GallerySearch {
  text?: string;
  kind?: 'images' | 'videos';
  liked?: true;
}

export const PAGE = 24;

type Filter = VariablesOf<typeof GALLERY>['filter'];

/** Returns the filter for the query. The order of its fields is fixed, so equal filters have one entry in the cache. */
export const filterOf = ({ text, kind, liked }: GallerySearch): Filter => ({
  ...(text && { text }),
  ...(kind && { isVideo: kind === 'videos' }),
  ...(liked && { liked }),
});
