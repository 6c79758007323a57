import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { PACKS, type PackRow } from '../graphql/packs.ts';
import { dollars } from '../ui/format.ts';
import { Problem } from '../ui/problem.tsx';
import { SkeletonCards } from '../ui/skeleton-cards.tsx';

export function PacksPage() {
  const { data, error, refetch } = useQuery(PACKS);
  return (
    <>
      <div className="page-head">
        <h1>Packs</h1>
        <p className="lead">
          Sets of pictures to run on your own references, at a price known before.
        </p>
      </div>
      {error && <Problem error={error} onRetry={() => void refetch()} />}
      <PackList title="Yours" packs={data?.packs?.nodes} isLoading={!data && !error} />
      <PackList title="Public" packs={data?.gallery.packs?.nodes} isLoading={!data && !error} />
    </>
  );
}

interface PackListProps {
  title: string;
  packs: readonly PackRow[] | undefined;
  isLoading: boolean;
}

function PackList({ title, packs = [], isLoading }: PackListProps) {
  if (!isLoading && packs.length === 0) return null;
  return (
    <section className="pack-list">
      <h2>{title}</h2>
      <ul className="cards" aria-label={`${title} packs`} aria-busy={isLoading}>
        {packs.map((pack) => (
          <PackCard key={pack.id} pack={pack} />
        ))}
        {isLoading && <SkeletonCards count={6} />}
      </ul>
    </section>
  );
}

function PackCard({ pack }: { pack: PackRow }) {
  const prices = pack.costs.flatMap(({ cost }) => cost ?? []);
  const least = prices.toSorted((a, b) => a.milliCents - b.milliCents)[0];
  return (
    <li className="card">
      <Link to="/packs/$id" params={{ id: pack.slug ?? pack.id }} className="card-link">
        <div className="card-picture">
          {pack.coverUrl && (
            <img
              src={pack.coverUrl}
              alt=""
              width={512}
              height={512}
              loading="lazy"
              decoding="async"
            />
          )}
        </div>
        <div className="card-words">
          <h3>{pack.title}</h3>
          <p className="muted">
            {least ? `From ${dollars(least)}` : 'No price yet'}
            {pack.subtitle && ` · ${pack.subtitle}`}
          </p>
        </div>
      </Link>
    </li>
  );
}
