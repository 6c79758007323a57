import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { Wallet } from 'lucide-react';
import { ACCOUNT } from '../graphql/documents.ts';
import { dollars } from '../ui/format.ts';

/** The balance of whoever pays, and what is left of today's budget if there is one. */
export function Balance() {
  const { data } = useQuery(ACCOUNT);
  const { viewer } = data ?? {};
  const balance = viewer?.payer?.isSelf === false ? viewer.payer.balance : viewer?.balance;
  const left = viewer?.budget?.day.left;
  return (
    <Link to="/account" className="balance">
      <Wallet aria-hidden size={16} strokeWidth={1.75} />
      <span className="unseen">Balance</span>
      <span className="balance-sum">{dollars(balance)}</span>
      {left && <span className="balance-budget">{dollars(left)} today</span>}
    </Link>
  );
}
