import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { REFERENCES } from '../graphql/documents.ts';
import { useLive } from '../live/use-live.ts';
import { Endless } from '../ui/endless.tsx';
import { Problem } from '../ui/problem.tsx';
import { Segments } from '../ui/segments.tsx';
import { SkeletonCards } from '../ui/skeleton-cards.tsx';
import { useStored } from '../ui/stored.ts';
import { NewReference } from './new-reference.tsx';
import { ReferenceCard } from './reference-card.tsx';
import { PAGE } from './send.ts';

const KINDS = [
  { value: undefined, label: 'All' },
  { value: 'faceid', label: 'Instant' },
  { value: 'lora', label: 'Trained' },
] as const;

export function ReferencesPage() {
  const [modelType, setModelType] = useState<(typeof KINDS)[number]['value']>();
  const [isNew, setIsNew] = useStored('references:new', false);
  const filter = modelType ? { modelType } : {};
  const { data, error, networkStatus, fetchMore, refetch } = useQuery(REFERENCES, {
    variables: { first: PAGE, filter },
    notifyOnNetworkStatusChange: true,
  });
  const tunes = data?.tunes?.nodes ?? [];
  useLive(tunes);
  return (
    <>
      <div className="page-head">
        <h1>References</h1>
        <div className="filters">
          <Segments label="Kind" value={modelType} options={KINDS} onChange={setModelType} />
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
        pageInfo={data?.tunes?.pageInfo}
        isLoading={networkStatus === NetworkStatus.fetchMore}
        onMore={(after) => fetchMore({ variables: { after } })}
      />
    </>
  );
}
