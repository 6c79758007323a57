import { useEffect, useEffectEvent, useRef } from 'react';

interface EndlessProps {
  pageInfo: { hasNextPage: boolean; endCursor: string | null } | undefined;
  isLoading: boolean;
  /** Reads the page after this cursor. */
  onMore(after: string): Promise<unknown>;
}

/**
 * The end of a list. It reads the next page before it comes into view. The button is for a keyboard, and for a page that could
 * not be read: that one is not requested again by itself.
 */
export function Endless({ pageInfo, isLoading, onMore }: EndlessProps) {
  const end = useRef<HTMLDivElement>(null);
  const failedAfter = useRef<string>(null);
  const after = pageInfo?.hasNextPage ? pageInfo.endCursor : null;
  const readMore = () => {
    if (after === null) return;
    onMore(after).catch(() => {
      failedAfter.current = after;
    });
  };
  const onNear = useEffectEvent(() => {
    if (failedAfter.current !== after) readMore();
  });
  const isWaiting = after !== null && !isLoading;
  useEffect(() => {
    if (!isWaiting || !end.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onNear(), {
      rootMargin: '900px',
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isWaiting]);
  return (
    <div ref={end} className="endless">
      {after !== null && (
        <button type="button" className="button quiet" onClick={readMore} disabled={isLoading}>
          {isLoading ? 'Loading…' : 'Show more'}
        </button>
      )}
    </div>
  );
}
