import { useQuery } from '@apollo/client/react';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { PromptGrid, PromptGridSkeleton } from '../gallery/prompt-grid.tsx';
import { PACK } from '../graphql/packs.ts';
import { useLive } from '../live/use-live.ts';
import { NotFound } from '../shell/not-found.tsx';
import { dollars } from '../ui/format.ts';
import { Problem } from '../ui/problem.tsx';
import { RunPack } from './run-pack.tsx';

export function PackPage() {
  const { id } = useParams({ from: '/packs/$id' });
  const { data, error, refetch } = useQuery(PACK, { variables: { id } });
  const pack = data?.pack;
  const made = pack?.generatedPrompts?.nodes ?? [];
  useLive(made);
  if (data && !pack) return <NotFound />;
  if (error && !pack) return <Problem error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <Link to="/packs" className="button quiet">
        <ArrowLeft aria-hidden size={18} /> Packs
      </Link>
      <div className="pack">
        <div className="pack-cover">
          {pack?.coverUrl ? <img src={pack.coverUrl} alt="" width={512} height={512} /> : null}
        </div>
        <div className="pack-words">
          <h1>{pack?.title ?? 'Pack'}</h1>
          {pack?.subtitle && <p className="lead">{pack.subtitle}</p>}
          <table className="prices">
            <caption className="unseen">Prices</caption>
            <thead>
              <tr>
                <th scope="col">For a</th>
                <th scope="col">Pictures</th>
                <th scope="col">Price</th>
              </tr>
            </thead>
            <tbody>
              {(pack?.costs ?? []).map(({ className, numImages, cost }) => (
                <tr key={className}>
                  <th scope="row">{className}</th>
                  <td>{numImages ?? '–'}</td>
                  <td>{dollars(cost)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {pack && <RunPack pack={pack} tunes={data.tunes?.nodes ?? []} onRun={() => refetch()} />}
        </div>
      </div>
      <section className="pack-list" aria-live="polite">
        <h2>Made with it</h2>
        {!data && <PromptGridSkeleton />}
        {data && made.length === 0 && <p className="muted">Nothing yet.</p>}
        <PromptGrid prompts={made} />
      </section>
    </>
  );
}
