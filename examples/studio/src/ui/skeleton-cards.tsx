interface SkeletonCardsProps {
  count: number;
}

/** Placeholders with the size of the cards that are being loaded. */
export function SkeletonCards({ count }: SkeletonCardsProps) {
  return Array.from({ length: count }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they never change
    <li key={index} className="card">
      <div className="card-picture skeleton" />
      <div className="card-words">
        <span className="skeleton line">&nbsp;</span>
        <p>&nbsp;</p>
      </div>
    </li>
  ));
}
