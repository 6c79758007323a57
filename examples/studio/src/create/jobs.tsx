import { useFragment, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { PromptGrid } from '../gallery/prompt-grid.tsx';
import { JOBS_BY_ID } from '../graphql/documents.ts';
import { Tile, type TilePrompt } from '../graphql/fragments.ts';
import { isRunning, useLive } from '../live/use-live.ts';

/** The prompts that this tab has made. A reload reads them once, and a subscription follows those that run. */
export function Jobs({ ids }: { ids: readonly string[] }) {
  const [atFirst] = useState(ids);
  useQuery(JOBS_BY_ID, { variables: { ids: [...atFirst] }, skip: atFirst.length === 0 });
  const { data } = useFragment({
    fragment: Tile,
    fragmentName: 'Tile',
    from: ids.map((id) => ({ __typename: 'Prompt' as const, id })),
  });
  const prompts = (data as readonly (Partial<TilePrompt> | null)[]).filter(isKnown);
  const running = prompts.filter(isRunning);
  useLive(running);
  return (
    <section className="jobs" aria-label="Made here" aria-live="polite">
      <h2>
        Made here
        {running.length > 0 && <span className="count">{running.length} on the way</span>}
      </h2>
      {prompts.length === 0 ? (
        <div className="jobs-empty">
          <p>Pictures appear here as they arrive. You need not wait: send the next one.</p>
        </div>
      ) : (
        <PromptGrid prompts={prompts} />
      )}
    </section>
  );
}

const isKnown = (prompt: Partial<TilePrompt> | null): prompt is TilePrompt =>
  prompt?.status !== undefined && prompt.images !== undefined;
