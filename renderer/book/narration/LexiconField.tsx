import { useState } from 'react';
import type { LexiconEntry } from '#core/narration/narrationSettings.ts';
import { TextArea } from '../../ui/TextArea.tsx';
import { lexiconFrom, lexiconText } from './lexiconText.ts';

type LexiconFieldProps = {
  lexicon: readonly LexiconEntry[];
  onChange: (lexicon: LexiconEntry[]) => void;
};

/** Words that are spoken another way than they are written, a line each; written when the field is left. */
export function LexiconField({ lexicon, onChange }: LexiconFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const text = lexiconText(lexicon);
  return (
    <TextArea
      label="Pronunciation"
      hint="A word a line, as it is written and as it sounds: Skerrow = Skerroe"
      rows={3}
      maxLength={100_000}
      spellCheck={false}
      value={draft ?? text}
      onChange={setDraft}
      onBlur={() => {
        const next = draft;
        setDraft(null);
        if (next !== null && next !== text) onChange(lexiconFrom(next, lexicon));
      }}
    />
  );
}
