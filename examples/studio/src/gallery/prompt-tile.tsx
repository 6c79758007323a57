import { Link } from '@tanstack/react-router';
import { CircleAlert, Copy, Play } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { TilePrompt } from '../graphql/fragments.ts';
import { isRunning } from '../live/use-live.ts';
import { titleOf } from '../ui/format.ts';
import { proportionOf } from '../ui/proportions.ts';
import { LikeButton } from './like-button.tsx';
import { Progress } from './progress.tsx';

const tileStyle = (prompt: TilePrompt) =>
  ({ '--ratio': proportionOf(prompt).toFixed(4) }) as CSSProperties;

interface TileProps {
  prompt: TilePrompt;
  /** True in the first screen: its picture is loaded at once, not when the layout is known. */
  isEarly?: boolean;
}

export function PromptTile({ prompt, isEarly = false }: TileProps) {
  const { images, status, userError } = prompt;
  const still = images.find(({ isVideo }) => !isVideo);
  const video = images.find(({ isVideo }) => isVideo);
  const text = titleOf(prompt);
  return (
    <li className="tile" style={tileStyle(prompt)}>
      <Link to="/pictures/$id" params={{ id: String(prompt.astriaId) }} className="tile-link">
        {still && (
          <img
            src={still.url}
            alt={text}
            width={still.width ?? undefined}
            height={still.height ?? undefined}
            loading={isEarly ? 'eager' : 'lazy'}
            decoding="async"
            draggable={false}
          />
        )}
        {!still && video && <video src={video.url} aria-label={text} preload="metadata" muted />}
        {status === 'FAILED' && (
          <span className="tile-state failed">
            <CircleAlert aria-hidden size={20} />
            {userError ?? 'It failed.'}
          </span>
        )}
        {isRunning(prompt) && <Progress prompt={prompt} />}
        <span className="tile-text">{text}</span>
        {video && (
          <span className="tile-badge">
            <Play aria-hidden size={12} fill="currentColor" /> Video
          </span>
        )}
        {!video && images.length > 1 && (
          <span className="tile-badge">
            <Copy aria-hidden size={12} /> {images.length}
            <span className="unseen"> pictures</span>
          </span>
        )}
      </Link>
      {status === 'SUCCEEDED' && <LikeButton prompt={prompt} />}
    </li>
  );
}
