import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReferenceTune } from '../graphql/fragments.ts';
import type { ModelName } from './draft.ts';

interface PickerProps {
  model: ModelName;
  references: readonly ReferenceTune[];
  onPick(reference: string): void;
  onClose(): void;
}

/** Returns whether a model takes a tune as a reference. Foundation models take instant references only. */
const suits = (model: ModelName) => (tune: ReferenceTune) =>
  tune.status === 'READY' &&
  tune.reference !== null &&
  (model === 'tune' || tune.modelType === 'faceid');

export function ReferencePicker({ model, references, onPick, onClose }: PickerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [wanted, setWanted] = useState('');
  useEffect(() => dialog.current?.showModal(), []);
  const shown = references
    .filter(suits(model))
    .filter(({ title, name }) =>
      `${title} ${name}`.toLowerCase().includes(wanted.trim().toLowerCase()),
    );
  return (
    <dialog ref={dialog} className="dialog" aria-label="Add a reference" onClose={onClose}>
      <header>
        <h2>Add a reference</h2>
        <button
          type="button"
          className="icon"
          aria-label="Close"
          onClick={() => dialog.current?.close()}
        >
          <X aria-hidden size={20} />
        </button>
      </header>
      <input
        type="search"
        aria-label="Search references"
        placeholder="Maya, boots…"
        value={wanted}
        onChange={({ target }) => setWanted(target.value)}
      />
      <ul className="picks">
        {shown.map((tune) => (
          <li key={tune.id}>
            <button type="button" onClick={() => onPick(tune.reference ?? '')}>
              {tune.origImages[0] && <img src={tune.origImages[0]} alt="" loading="lazy" />}
              <span>{tune.title}</span>
              <small>{tune.name}</small>
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className="muted">No reference that this model takes.</p>}
    </dialog>
  );
}
