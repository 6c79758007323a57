import type { CSSProperties } from 'react';
import type { TilePrompt } from '../graphql/fragments.ts';
import { PromptTile } from './prompt-tile.tsx';

/** Rows of full width and one height: each tile grows by its proportions, which are known before its picture. */
export function PromptGrid({ prompts }: { prompts: readonly TilePrompt[] }) {
  if (prompts.length === 0) return null;
  return (
    <ul className="grid" aria-label="Prompts">
      {prompts.map((prompt, index) => (
        <PromptTile key={prompt.id} prompt={prompt} isEarly={index < 6} />
      ))}
    </ul>
  );
}

const WAITING = [0.8, 1.5, 1, 0.75, 1.78, 0.8, 1, 1.33, 0.75, 1, 1.5, 0.8];

export function PromptGridSkeleton() {
  return (
    <ul className="grid" aria-busy="true" aria-label="Prompts are loading">
      {WAITING.map((ratio, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never change
        <li key={index} className="tile skeleton" style={{ '--ratio': ratio } as CSSProperties} />
      ))}
    </ul>
  );
}
