import { useState } from 'react';
import { Field, FIELD_LOOK } from '../../ui/Field.tsx';

type ColorFieldProps = {
  label: string;
  /** Null where several things differ. */
  value: string | null;
  onCommit: (value: string) => void;
};

const HEX = /^#[0-9a-f]{6}$/i;

/** A colour, picked or typed as `#F2B33D`. */
export function ColorField({ label, value, onCommit }: ColorFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = (next: string) => {
    setDraft(null);
    const hex = next.startsWith('#') ? next : `#${next}`;
    if (HEX.test(hex) && hex.toLowerCase() !== value?.toLowerCase()) onCommit(hex.toUpperCase());
  };
  return (
    <Field label={label} layout="row">
      {(ids) => (
        <span className={`flex h-7 items-center gap-2 pr-2 pl-1 ${FIELD_LOOK}`}>
          <input
            type="color"
            aria-label={`${label}, pick`}
            value={draft !== null && HEX.test(draft) ? draft : (value ?? '#808080')}
            onChange={(event) => setDraft(event.target.value)}
            onBlur={() => draft !== null && commit(draft)}
            className="h-5 w-7 flex-none rounded-sm bg-transparent"
          />
          <input
            {...ids}
            value={draft ?? value ?? ''}
            placeholder={value === null ? 'Mixed' : undefined}
            maxLength={7}
            onChange={(event) => setDraft(event.target.value)}
            onBlur={() => draft !== null && commit(draft)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && draft !== null) commit(draft);
              if (event.key === 'Escape') {
                event.stopPropagation();
                setDraft(null);
              }
            }}
            className="w-full min-w-0 bg-transparent font-mono text-xs outline-none"
          />
        </span>
      )}
    </Field>
  );
}
