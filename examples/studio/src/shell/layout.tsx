import { ApolloProvider } from '@apollo/client/react';
import { Link, Outlet, useLocation, useSearch } from '@tanstack/react-router';
import { Images, Layers, type LucideIcon, Sparkles, UserRound, Users } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { clientOf } from '../graphql/client.ts';
import { Balance } from './balance.tsx';
import { WorkspaceSwitcher } from './workspace-switcher.tsx';

const PAGES: readonly { to: string; label: string; Icon: LucideIcon }[] = [
  { to: '/', label: 'Gallery', Icon: Images },
  { to: '/create', label: 'Create', Icon: Sparkles },
  { to: '/references', label: 'References', Icon: Users },
  { to: '/packs', label: 'Packs', Icon: Layers },
  { to: '/account', label: 'Account', Icon: UserRound },
];

/** The frame of each page. Each workspace has its own client, and a change of workspace mounts everything again. */
export function Layout() {
  const { workspace } = useSearch({ from: '__root__' });
  useArrival();
  return (
    <ApolloProvider client={clientOf(workspace?.toString())} key={workspace ?? 'personal'}>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="top">
        <Link to="/" className="brand" aria-label="Studio, to the gallery">
          <span className="brand-mark" aria-hidden />
          Studio
        </Link>
        <nav className="pages" aria-label="Pages">
          {PAGES.map(({ to, label, Icon }) => (
            <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
              <Icon aria-hidden size={20} strokeWidth={1.75} />
              <span>{label}</span>
            </Link>
          ))}
        </nav>
        <div className="top-end">
          <WorkspaceSwitcher />
          <Balance />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </ApolloProvider>
  );
}

/** Sets the title and moves the focus into a new page, as if the browser had loaded it. */
function useArrival() {
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    const page = PAGES.find(({ to }) => to !== '/' && pathname.startsWith(to));
    document.title = page ? `${page.label} · Studio` : 'Studio';
    if (last.current !== pathname) document.getElementById('main')?.focus({ preventScroll: true });
    last.current = pathname;
  }, [pathname]);
}
