import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router';
import type { GallerySearch } from './gallery/filter.ts';
import { GalleryPage } from './gallery/gallery-page.tsx';
import { Layout } from './shell/layout.tsx';
import { NotFound } from './shell/not-found.tsx';

type Raw = Record<string, unknown>;

const textOf = (value: unknown) => (value === undefined ? undefined : String(value));

/** The address keeps what a reload and going back should keep: the workspace, the filters, and which picture is shown. */
const root = createRootRoute({
  component: Layout,
  notFoundComponent: NotFound,
  validateSearch: ({ workspace }: Raw): { workspace?: number } =>
    Number(workspace) > 0 ? { workspace: Number(workspace) } : {},
  search: { middlewares: [retainSearchParams(['workspace'])] },
});

const gallery = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: GalleryPage,
  validateSearch: ({ text, kind, liked }: Raw): GallerySearch => ({
    ...(text !== undefined && text !== '' && { text: textOf(text) }),
    ...((kind === 'images' || kind === 'videos') && { kind }),
    ...(liked === true && { liked }),
  }),
});

// The gallery is in the first bundle. The other pages are loaded when a link to them is hovered or focused.
const picture = createRoute({
  getParentRoute: () => root,
  path: '/pictures/$id',
  component: lazyRouteComponent(() => import('./picture/picture-page.tsx'), 'PicturePage'),
  validateSearch: ({ image }: Raw): { image?: number } =>
    Number(image) > 0 ? { image: Number(image) } : {},
});

const create = createRoute({
  getParentRoute: () => root,
  path: '/create',
  component: lazyRouteComponent(() => import('./create/create-page.tsx'), 'CreatePage'),
});

const references = createRoute({
  getParentRoute: () => root,
  path: '/references',
  component: lazyRouteComponent(() => import('./references/references-page.tsx'), 'ReferencesPage'),
});

const packs = createRoute({
  getParentRoute: () => root,
  path: '/packs',
  component: lazyRouteComponent(() => import('./packs/packs-page.tsx'), 'PacksPage'),
});
const pack = createRoute({
  getParentRoute: () => root,
  path: '/packs/$id',
  component: lazyRouteComponent(() => import('./packs/pack-page.tsx'), 'PackPage'),
});
const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyRouteComponent(() => import('./account/account-page.tsx'), 'AccountPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([gallery, picture, create, references, packs, pack, account]),
  basepath: '/studio',
  scrollRestoration: true,
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
