import { ImagePlus, X } from 'lucide-react';
import { type DragEvent, useEffect, useId, useState } from 'react';
import { FieldErrors } from '../ui/field.tsx';

interface DropZoneProps {
  files: readonly File[];
  /** The messages of the form by field: `images.0` is the first photo. */
  errors: Readonly<Record<string, readonly string[]>>;
  isDisabled: boolean;
  /** The part of the upload that is done, from 0 to 1. Undefined if none runs. */
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
              isBad={`images.${index}` in errors}
              part={partOf(files, index, progress)}
              onRemove={
                isDisabled ? undefined : () => onChange(files.filter((_, place) => place !== index))
              }
            />
          ))}
        </ul>
        <div className="field-more" role="alert">
          {/* The gateway reports a missing photo at the other field that takes photos. */}
          <FieldErrors label="Photos" errors={errors.images ?? errors.imageUrls ?? []} />
          {files.map((file, index) => (
            <FieldErrors
              // biome-ignore lint/suspicious/noArrayIndexKey: the same photo may be there twice
              key={`${index}:${file.name}`}
              label={file.name}
              errors={errors[`images.${index}`] ?? []}
            />
          ))}
        </div>
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

/** Returns the part of one photo that is sent. Photos are sent one after the other, so it follows from the part of all. */
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
