import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { REFERENCES } from '../graphql/documents.ts';
import { useLive } from '../live/use-live.ts';
import { Endless } from '../ui/endless.tsx';
import { Problem } from '../ui/problem.tsx';
import { SkeletonCards } from '../ui/skeleton-cards.tsx';
import { useStored } from '../ui/stored.ts';
import { NewReference } from './new-reference.tsx';
import { ReferenceCard } from './reference-card.tsx';
import { PAGE } from './send.ts';

const KINDS = [
  { label: 'All', modelType: undefined },
  { label: 'Instant', modelType: 'faceid' },
  { label: 'Trained', modelType: 'lora' },
] as const;

export function ReferencesPage() {
  const [kind, setKind] = useState<(typeof KINDS)[number]>(KINDS[0]);
  const [isNew, setIsNew] = useStored('references:new', false);
  const filter = kind.modelType ? { modelType: kind.modelType } : {};
  const { data, error, networkStatus, fetchMore, refetch } = useQuery(REFERENCES, {
    variables: { first: PAGE, filter },
    notifyOnNetworkStatusChange: true,
  });
  const tunes = data?.tunes?.nodes ?? [];
  useLive(
    tunes
      .filter(({ status }) => status === 'QUEUED' || status === 'TRAINING')
      .map(({ id }) => id)
      .slice(0, 100),
  );
  const { hasNextPage = false, endCursor } = data?.tunes?.pageInfo ?? {};
  return (
    <>
      <div className="page-head">
        <h1>References</h1>
        <div className="filters">
          <fieldset className="segments" aria-label="Kind">
            {KINDS.map((option) => (
              <button
                key={option.label}
                type="button"
                aria-pressed={option === kind}
                onClick={() => setKind(option)}
              >
                {option.label}
              </button>
            ))}
          </fieldset>
          <button
            type="button"
            className="button strong"
            aria-expanded={isNew}
            onClick={() => setIsNew(!isNew)}
          >
            <Plus aria-hidden size={18} /> New reference
          </button>
        </div>
      </div>
      {isNew && <NewReference onMade={() => setIsNew(false)} />}
      {error && <Problem error={error} onRetry={() => void refetch()} />}
      <ul className="cards" aria-label="References" aria-busy={!data}>
        {tunes.map((tune) => (
          <ReferenceCard key={tune.id} tune={tune} />
        ))}
        {!data && !error && <SkeletonCards count={12} />}
      </ul>
      <Endless
        hasMore={hasNextPage}
        isLoading={networkStatus === NetworkStatus.fetchMore}
        onMore={() => void fetchMore({ variables: { after: endCursor } }).catch(() => {})}
      />
    </>
  );
}
