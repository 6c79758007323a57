import { perScope, type Scope } from '../../scope.ts';
import { fetchViewer, type Viewer } from '../../upstream/users.ts';

/** Read once in each scope. */
export const viewerIn = perScope(({ astria }: Scope) => {
  let viewer: Promise<Viewer> | undefined;
  return () => {
    viewer ??= fetchViewer(astria);
    return viewer;
  };
});
