import {
  createRootRoute,
  createRoute,
  createRouter,
  retainSearchParams,
} from '@tanstack/react-router';
import { AccountPage } from './account/account-page.tsx';
import { CreatePage } from './create/create-page.tsx';
import type { GallerySearch } from './gallery/filter.ts';
import { GalleryPage } from './gallery/gallery-page.tsx';
import { PackPage } from './packs/pack-page.tsx';
import { PacksPage } from './packs/packs-page.tsx';
import { PicturePage } from './picture/picture-page.tsx';
import { ReferencesPage } from './references/references-page.tsx';
import { Layout } from './shell/layout.tsx';
import { NotFound } from './shell/not-found.tsx';

type Raw = Record<string, unknown>;

const textOf = (value: unknown) => (value === undefined ? undefined : String(value));

/** What is in the address is there after a reload and when going back: the workspace, filters, and which picture is shown. */
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

const picture = createRoute({
  getParentRoute: () => root,
  path: '/pictures/$id',
  component: PicturePage,
  validateSearch: ({ image }: Raw): { image?: number } =>
    Number(image) > 0 ? { image: Number(image) } : {},
});

const create = createRoute({ getParentRoute: () => root, path: '/create', component: CreatePage });

const references = createRoute({
  getParentRoute: () => root,
  path: '/references',
  component: ReferencesPage,
});

const packs = createRoute({ getParentRoute: () => root, path: '/packs', component: PacksPage });
const pack = createRoute({ getParentRoute: () => root, path: '/packs/$id', component: PackPage });
const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: AccountPage,
});

export const router = createRouter({
  routeTree: root.addChildren([gallery, picture, create, references, packs, pack, account]),
  basepath: '/studio',
  scrollRestoration: true,
  defaultPreload: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
