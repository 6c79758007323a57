import { createContextCache } from '@pothos/core';
import type { Scope } from '../../context.ts';
import { fetchViewer, type Viewer } from './rest.ts';

/** Asked once in each scope, by whoever asks first. */
export const viewerIn = createContextCache(({ astria }: Scope) => {
  let viewer: Promise<Viewer> | undefined;
  return () => {
    viewer ??= fetchViewer(astria);
    return viewer;
  };
});
