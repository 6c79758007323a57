import { Link } from '@tanstack/react-router';
import { bringText } from '../create/brought-text.ts';
import type { ReferenceTune } from '../graphql/fragments.ts';
import { ago } from '../ui/format.ts';

const KINDS: Record<string, string> = { faceid: 'Instant', lora: 'Trained' };

const STATES: Record<ReferenceTune['status'], string> = {
  READY: 'Ready',
  QUEUED: 'In the queue',
  TRAINING: 'Training',
  EXPIRED: 'Expired',
};

export function ReferenceCard({ tune }: { tune: ReferenceTune }) {
  const { title, name, status, modelType, reference, origImages, createdAt } = tune;
  const canBeUsed = status === 'READY' && reference !== null;
  return (
    <li className="card" data-status={status}>
      <div className="card-picture">
        {origImages[0] && (
          <img
            src={origImages[0]}
            alt=""
            width={480}
            height={600}
            loading="lazy"
            decoding="async"
          />
        )}
        {status !== 'READY' && <span className="tile-badge">{STATES[status]}</span>}
      </div>
      <div className="card-words">
        <h2>{title ?? 'Without a title'}</h2>
        <p className="muted">
          {[name, KINDS[modelType ?? ''] ?? 'Checkpoint', ago(createdAt)]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {canBeUsed && (
          <Link to="/create" className="card-use" onClick={() => bringText(`${reference} `)}>
            Use in a text<span className="unseen">: {title}</span>
          </Link>
        )}
      </div>
    </li>
  );
}
