import { ImagePlus, X } from 'lucide-react';
import { type DragEvent, useEffect, useId, useState } from 'react';

interface DropZoneProps {
  files: readonly File[];
  /** What is wrong with a photo, by its place. */
  errors: Readonly<Record<number, readonly string[]>>;
  isDisabled: boolean;
  /** From 0 to 1 while they are sent. */
  progress: number | undefined;
  onChange(files: readonly File[]): void;
}

export function DropZone({ files, errors, isDisabled, progress, onChange }: DropZoneProps) {
  const id = useId();
  const [isOver, setIsOver] = useState(false);
  const add = (list: FileList | null) => onChange([...files, ...(list ?? [])]);
  const over = (event: DragEvent, isInside: boolean) => {
    event.preventDefault();
    setIsOver(isInside && !isDisabled);
  };
  return (
    <div className="field">
      <label htmlFor={id}>Photos</label>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button within does the same by keyboard */}
      <div
        className="drop"
        data-over={isOver}
        onDragOver={(event) => over(event, true)}
        onDragLeave={(event) => over(event, false)}
        onDrop={(event) => {
          over(event, false);
          if (!isDisabled) add(event.dataTransfer.files);
        }}
      >
        <ul className="photos">
          {files.map((file, index) => (
            <Photo
              // biome-ignore lint/suspicious/noArrayIndexKey: the same photo may be there twice
              key={`${index}:${file.name}:${file.size}`}
              file={file}
              isBad={index in errors}
              part={partOf(files, index, progress)}
              onRemove={
                isDisabled ? undefined : () => onChange(files.filter((_, place) => place !== index))
              }
            />
          ))}
        </ul>
        {files.map((file, index) =>
          errors[index]?.map((message) => (
            <p key={`${file.name}:${message}`} className="field-error" role="alert">
              {file.name} {message}
            </p>
          )),
        )}
        <div className="drop-words">
          <ImagePlus aria-hidden size={28} strokeWidth={1.5} />
          <p>Drop photos here, or</p>
          <input
            id={id}
            type="file"
            accept="image/*"
            multiple
            disabled={isDisabled}
            onChange={({ target }) => {
              add(target.files);
              target.value = '';
            }}
          />
        </div>
      </div>
    </div>
  );
}

/** Photos are sent one after the other, so what is sent of all of them says what is sent of each. */
function partOf(files: readonly File[], index: number, progress: number | undefined) {
  if (progress === undefined) return undefined;
  const bytes = (list: readonly File[]) => list.reduce((sum, { size }) => sum + size, 0);
  const sent = progress * bytes(files) - bytes(files.slice(0, index));
  return Math.max(0, Math.min(1, sent / (files[index]?.size || 1)));
}

interface PhotoProps {
  file: File;
  isBad: boolean;
  part: number | undefined;
  onRemove: (() => void) | undefined;
}

function Photo({ file, isBad, part, onRemove }: PhotoProps) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return (
    <li className="photo" data-bad={isBad}>
      <img src={url} alt={file.name} />
      {part !== undefined && <progress value={part} max={1} aria-label={`${file.name} is sent`} />}
      {onRemove && (
        <button
          type="button"
          className="icon"
          aria-label={`Remove ${file.name}`}
          onClick={onRemove}
        >
          <X aria-hidden size={14} />
        </button>
      )}
    </li>
  );
}
