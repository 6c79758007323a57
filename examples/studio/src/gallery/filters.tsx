import { useNavigate, useSearch } from '@tanstack/react-router';
import { Heart, Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Segments } from '../ui/segments.tsx';
import type { GallerySearch } from './filter.ts';

const KINDS = [
  { value: undefined, label: 'All' },
  { value: 'images', label: 'Images' },
  { value: 'videos', label: 'Videos' },
] as const;

const PAUSE_MS = 300;

export function Filters() {
  const search = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const change = (part: Partial<Record<keyof GallerySearch, unknown>>, replace = false) =>
    void navigate({ search: (before) => ({ ...before, ...part }) as GallerySearch, replace });
  return (
    <search className="filters">
      <TextFilter
        text={search.text ?? ''}
        onChange={(text) => change({ text: text || undefined }, true)}
      />
      <Segments
        label="Kind"
        value={search.kind}
        options={KINDS}
        onChange={(kind) => change({ kind })}
      />
      <button
        type="button"
        className="toggle"
        aria-pressed={search.liked === true}
        onClick={() => change({ liked: search.liked ? undefined : true })}
      >
        <Heart aria-hidden size={16} />
        Liked
      </button>
    </search>
  );
}

/** Searches after a pause in typing. */
function TextFilter({ text, onChange }: { text: string; onChange(text: string): void }) {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed.trim() === text) return;
    const timer = setTimeout(() => onChange(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <div className="search-box">
      <Search aria-hidden size={16} />
      <input
        type="search"
        value={typed}
        placeholder="Search texts"
        aria-label="Search texts"
        onChange={({ target }) => setTyped(target.value)}
      />
    </div>
  );
}
