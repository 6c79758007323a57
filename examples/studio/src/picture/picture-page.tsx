import { useFragment, useQuery } from '@apollo/client/react';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft, ExternalLink, RefreshCw } from 'lucide-react';
import { useEffect } from 'react';
import { bringText } from '../create/brought-text.ts';
import { LikeButton } from '../gallery/like-button.tsx';
import { Progress } from '../gallery/progress.tsx';
import { PICTURE } from '../graphql/documents.ts';
import { Tile, type TilePrompt } from '../graphql/fragments.ts';
import { useLive } from '../live/use-live.ts';
import { NotFound } from '../shell/not-found.tsx';
import { titleOf } from '../ui/format.ts';
import { Problem } from '../ui/problem.tsx';
import { proportionOf } from '../ui/proportions.ts';
import { Details } from './details.tsx';

/** Returns the global id of a prompt. The cache may have the prompt by it, and then it is shown at once. */
const cacheIdOf = (astriaId: string) => btoa(`Prompt:${astriaId}`).replaceAll('=', '');

export function PicturePage() {
  const { id } = useParams({ from: '/pictures/$id' });
  const { data, error, refetch } = useQuery(PICTURE, { variables: { id } });
  const known = useFragment({
    fragment: Tile,
    fragmentName: 'Tile',
    from: { __typename: 'Prompt', id: cacheIdOf(id) },
  });
  const prompt = data?.prompt ?? (known.complete ? (known.data as TilePrompt) : undefined);
  useLive(prompt ? [prompt] : []);
  useEffect(() => {
    if (prompt) document.title = `${titleOf(prompt)} · Studio`;
    return () => {
      document.title = 'Studio';
    };
  }, [prompt]);
  if (data && !data.prompt) return <NotFound />;
  if (error && !prompt) return <Problem error={error} onRetry={() => void refetch()} />;
  return (
    <article className="picture">
      <div className="picture-stage">
        <Link to="/" className="button quiet picture-back">
          <ArrowLeft aria-hidden size={18} /> Gallery
        </Link>
        {prompt ? <Stage prompt={prompt} /> : <div className="picture-frame skeleton" />}
      </div>
      <div className="picture-side">
        {prompt && (
          <>
            <header className="picture-head">
              <h1>{titleOf(prompt)}</h1>
              <Actions prompt={prompt} />
            </header>
            {prompt.userError && (
              <p className="field-error" role="alert">
                {prompt.userError}
              </p>
            )}
            <Details prompt={data?.prompt ?? undefined} tile={prompt} />
          </>
        )}
      </div>
    </article>
  );
}

/** Returns the picture that the address names; otherwise the video, or the first picture. */
function useShown({ images }: TilePrompt) {
  const { image } = useSearch({ from: '/pictures/$id' });
  return images[(image ?? 0) - 1] ?? images.find(({ isVideo }) => isVideo) ?? images[0];
}

function Stage({ prompt }: { prompt: TilePrompt }) {
  const shown = useShown(prompt);
  const ratio = proportionOf(prompt);
  return (
    <>
      <div className="picture-frame" style={{ '--ratio': ratio } as React.CSSProperties}>
        {shown && !shown.isVideo && (
          <img
            src={shown.url}
            alt={titleOf(prompt)}
            width={shown.width ?? undefined}
            height={shown.height ?? undefined}
          />
        )}
        {shown?.isVideo && (
          <video src={shown.url} controls loop autoPlay muted aria-label={titleOf(prompt)} />
        )}
        {!shown && prompt.status !== 'FAILED' && <Progress prompt={prompt} />}
        {prompt.status === 'FAILED' && <span className="tile-state failed">It was not made.</span>}
      </div>
      {prompt.images.length > 1 && (
        <nav className="strip" aria-label="Pictures of this prompt">
          {prompt.images.map(({ url, isVideo }, index) => (
            <Link
              key={url}
              from="/pictures/$id"
              to="."
              search={(before) => ({ ...before, image: index + 1 })}
              replace
              aria-current={shown?.url === url}
              aria-label={`${isVideo ? 'Video' : 'Picture'} ${index + 1} of ${prompt.images.length}`}
            >
              {isVideo ? <video src={url} preload="metadata" muted /> : <img src={url} alt="" />}
            </Link>
          ))}
        </nav>
      )}
    </>
  );
}

function Actions({ prompt }: { prompt: TilePrompt }) {
  const shown = useShown(prompt);
  return (
    <div className="picture-actions">
      {prompt.status === 'SUCCEEDED' && <LikeButton prompt={prompt} />}
      {shown && (
        <a className="button quiet" href={shown.url} target="_blank" rel="noreferrer">
          <ExternalLink aria-hidden size={16} /> Open the file
        </a>
      )}
      {prompt.text && (
        <Link to="/create" className="button quiet" onClick={() => bringText(prompt.text ?? '')}>
          <RefreshCw aria-hidden size={16} /> Use this text
        </Link>
      )}
    </div>
  );
}
