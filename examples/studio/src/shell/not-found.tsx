import { Link } from '@tanstack/react-router';

export function NotFound() {
  return (
    <section className="empty">
      <h1>There is no such page</h1>
      <p>It may have been deleted, or it is in another workspace.</p>
      <Link to="/" className="button">
        To the gallery
      </Link>
    </section>
  );
}
