import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { ACCOUNT } from '../graphql/documents.ts';
import type { ResultOf } from '../graphql/tada.ts';
import { dateOf, dollars } from '../ui/format.ts';
import { Problem } from '../ui/problem.tsx';
import { NewWorkspace } from './new-workspace.tsx';

type Viewer = NonNullable<ResultOf<typeof ACCOUNT>['viewer']>;
type Period = NonNullable<Viewer['budget']>['day'];

export function AccountPage() {
  const { data, error, refetch } = useQuery(ACCOUNT);
  if (error && !data) return <Problem error={error} onRetry={() => void refetch()} />;
  const { viewer, workspaces } = data ?? {};
  return (
    <>
      <div className="page-head">
        <h1>{viewer?.name ?? 'Account'}</h1>
      </div>
      <div className="account">
        <section className="panel">
          <h2>Balance</h2>
          <p className="big">{dollars(viewer?.balance)}</p>
          {viewer?.payer && !viewer.payer.isSelf && (
            <p className="muted">
              In this workspace {viewer.payer.name} pays, and has {dollars(viewer.payer.balance)}.
            </p>
          )}
        </section>
        <section className="panel">
          <h2>Budget</h2>
          {viewer?.budget ? (
            <>
              <Budget name="Today" period={viewer.budget.day} />
              <Budget name="This month" period={viewer.budget.month} />
            </>
          ) : (
            <p className="muted">{viewer ? 'The gateway sets no limit.' : '…'}</p>
          )}
        </section>
        <section className="panel">
          <h2>Workspaces</h2>
          <ul className="rows">
            <li>
              <Link to="/" search={{ workspace: undefined }}>
                Personal
              </Link>
            </li>
            {(workspaces ?? []).map(({ id, astriaId, title, brief }) => (
              <li key={id}>
                <Link to="/" search={{ workspace: astriaId }}>
                  {title}
                </Link>
                {brief && <p className="muted">{brief}</p>}
              </li>
            ))}
          </ul>
          <NewWorkspace />
        </section>
      </div>
    </>
  );
}

function Budget({ name, period }: { name: string; period: Period }) {
  const { limit, spent, reserved, left, resetsAt } = period;
  const gone = spent.milliCents + reserved.milliCents;
  return (
    <div className="budget">
      <p>
        <strong>{name}</strong>
        <span>{limit ? `${dollars(left)} left of ${dollars(limit)}` : 'No limit'}</span>
      </p>
      {limit && <meter min={0} max={limit.milliCents} value={gone} aria-label={`Spent, ${name}`} />}
      <p className="muted">
        {dollars(spent)} spent, {dollars(reserved)} reserved. Starts again {dateOf(resetsAt)}.
      </p>
    </div>
  );
}
