import { useEffect, useRef, useState } from 'react';
import { Field, FIELD_LOOK } from '../../ui/Field.tsx';

type WordsFieldProps = {
  label: string;
  value: string;
  maxLength: number;
  rows: number;
  /** Whether it may be left empty; otherwise the old words stay. */
  isOptional: boolean;
  onCommit: (value: string) => void;
};

/** A pause this long ends a stretch of typing: the picture follows, and undo takes the stretch back. */
const PAUSE_MS = 600;

/** Words of a graphic. They reach the film when typing pauses. */
export function WordsField(props: WordsFieldProps) {
  const { label, value, maxLength, rows, isOptional, onCommit } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const commit = useRef(() => {});
  useEffect(() => {
    commit.current = () => {
      if (draft === null || draft === value) return;
      if (draft.trim() !== '' || isOptional) onCommit(draft);
    };
  });
  useEffect(() => {
    if (draft === null) return;
    const timer = window.setTimeout(() => commit.current(), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [draft]);
  return (
    <Field label={label}>
      {(ids) => (
        <textarea
          {...ids}
          rows={rows}
          maxLength={maxLength}
          value={draft ?? value}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={() => {
            commit.current();
            setDraft(null);
          }}
          className={`field-sizing-content min-h-8 w-full resize-none px-2.5 py-1.5 leading-5 ${FIELD_LOOK}`}
        />
      )}
    </Field>
  );
}
