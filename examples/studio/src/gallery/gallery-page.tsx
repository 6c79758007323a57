import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Link, useSearch } from '@tanstack/react-router';
import { GALLERY } from '../graphql/documents.ts';
import { useLive } from '../live/use-live.ts';
import { Endless } from '../ui/endless.tsx';
import { Problem } from '../ui/problem.tsx';
import { filterOf, PAGE } from './filter.ts';
import { Filters } from './filters.tsx';
import { PromptGrid, PromptGridSkeleton } from './prompt-grid.tsx';

export function GalleryPage() {
  const search = useSearch({ from: '/' });
  const { data, error, networkStatus, fetchMore, refetch } = useQuery(GALLERY, {
    variables: { first: PAGE, filter: filterOf(search) },
    notifyOnNetworkStatusChange: true,
  });
  const prompts = data?.prompts?.nodes ?? [];
  useLive(prompts);
  return (
    <>
      <div className="page-head">
        <h1>Gallery</h1>
        <Filters />
      </div>
      {!data && !error && <PromptGridSkeleton />}
      <PromptGrid prompts={prompts} />
      {error && <Problem error={error} onRetry={() => void refetch()} />}
      {data && prompts.length === 0 && (
        <Nothing isFiltered={Object.keys(filterOf(search)).length > 0} />
      )}
      <Endless
        pageInfo={data?.prompts?.pageInfo}
        isLoading={networkStatus === NetworkStatus.fetchMore}
        onMore={(after) => fetchMore({ variables: { after } })}
      />
    </>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return (
    <section className="empty">
      <h2>{isFiltered ? 'Nothing matches' : 'Nothing here yet'}</h2>
      <p>
        {isFiltered
          ? 'No prompt has all of what the filters ask for.'
          : 'What you generate appears here, newest first.'}
      </p>
      {isFiltered ? (
        <Link to="/" search={{}} className="button quiet">
          Show everything
        </Link>
      ) : (
        <Link to="/create" className="button">
          Create the first picture
        </Link>
      )}
    </section>
  );
}
