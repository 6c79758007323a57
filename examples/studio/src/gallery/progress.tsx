import { useEffect, useState } from 'react';
import type { TilePrompt } from '../graphql/fragments.ts';

const TICK_MS = 1000;

/** The progress of a prompt. Between two events it moves on by the clock, up to 95 %. */
export function Progress({ prompt }: { prompt: Pick<TilePrompt, 'status' | 'progress'> }) {
  const { status, progress } = prompt;
  const [ticks, setTicks] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each event starts the count again
  useEffect(() => {
    setTicks(0);
    const timer = setInterval(() => setTicks((before) => before + 1), TICK_MS);
    return () => clearInterval(timer);
  }, [progress?.elapsedSeconds, status]);
  if (status === 'QUEUED') return <span className="tile-state">In the queue</span>;
  const expected = progress?.expectedSeconds ?? 0;
  const part = expected > 0 ? ((progress?.elapsedSeconds ?? 0) + ticks) / expected : 0;
  const percent = Math.min(95, Math.round(part * 100));
  return (
    <span className="tile-state">
      Rendering
      <progress max={100} {...(expected > 0 && { value: percent })} aria-label="Rendering" />
    </span>
  );
}
