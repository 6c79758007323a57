import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PICTURE } from '../graphql/documents.ts';
import type { TilePrompt } from '../graphql/fragments.ts';
import type { ResultOf } from '../graphql/tada.ts';
import { dateOf, dollars } from '../ui/format.ts';

type Prompt = NonNullable<ResultOf<typeof PICTURE>['prompt']>;

interface DetailsProps {
  /** Undefined until it is there. The lines keep their places, so that nothing moves. */
  prompt: Prompt | undefined;
  tile: TilePrompt;
}

export function Details({ prompt, tile }: DetailsProps) {
  const size = tile.images[0];
  return (
    <>
      <section aria-label="Text as it was sent" className="sent">
        <h2>Text</h2>
        <p>{tile.text || tile.videoPrompt}</p>
        {tile.text && tile.videoPrompt && <p className="muted">Motion: {tile.videoPrompt}</p>}
        {prompt?.negativePrompt && <p className="muted">Without: {prompt.negativePrompt}</p>}
      </section>
      {(prompt?.references.length ?? 0) > 0 && (
        <section className="used" aria-label="References">
          <h2>References</h2>
          <ul>
            {prompt?.references.map(({ tuneId, type, tune }) => (
              <li key={`${type}:${tuneId}`} className="chip">
                {tune?.origImages[0] && <img src={tune.origImages[0]} alt="" />}
                {tune?.title ?? `Deleted (${tuneId})`}
              </li>
            ))}
          </ul>
        </section>
      )}
      <dl className="facts">
        <Fact name="Model">{prompt && (prompt.tune?.title ?? '–')}</Fact>
        <Fact name="Cost">{prompt && dollars(prompt.cost)}</Fact>
        <Fact name="Seed">{prompt && (prompt.seed ?? 'Random')}</Fact>
        <Fact name="Size">
          {size?.width && size.height
            ? `${size.width} × ${size.height}`
            : (tile.aspectRatio ?? '–')}
        </Fact>
        <Fact name="Resolution">{prompt && (prompt.resolution ?? '–')}</Fact>
        <Fact name="Made">{dateOf(tile.createdAt)}</Fact>
        <Fact name="Workspace">{prompt && (prompt.workspace?.title ?? 'Personal')}</Fact>
        <Fact name="Pack">
          {prompt &&
            (prompt.basePack ? (
              <Link to="/packs/$id" params={{ id: prompt.basePack.slug ?? prompt.basePack.id }}>
                {prompt.basePack.title}
              </Link>
            ) : (
              'None'
            ))}
        </Fact>
        <Fact name="Number">{tile.astriaId}</Fact>
      </dl>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children ?? <span className="skeleton line" />}</dd>
    </div>
  );
}
