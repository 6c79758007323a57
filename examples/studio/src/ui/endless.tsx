import { useEffect, useRef } from 'react';

interface EndlessProps {
  hasMore: boolean;
  isLoading: boolean;
  onMore(): void;
}

/** The end of a list: it asks for more before it comes into view. The button is for those who do not scroll. */
export function Endless({ hasMore, isLoading, onMore }: EndlessProps) {
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  const isWaiting = hasMore && !isLoading;
  useEffect(() => {
    if (!isWaiting || !end.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && latest.current(),
      { rootMargin: '900px' },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isWaiting]);
  return (
    <div ref={end} className="endless">
      {hasMore && (
        <button type="button" className="button quiet" onClick={onMore} disabled={isLoading}>
          {isLoading ? 'Loading…' : 'Show more'}
        </button>
      )}
    </div>
  );
}
