import { useState } from 'react';
import { TextField } from '../../ui/TextField.tsx';

/** What something is called. An empty name leaves the old one. */
export function NameField({ name, onRename }: { name: string; onRename: (name: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    const next = draft?.trim() ?? '';
    setDraft(null);
    if (next !== '' && next !== name) onRename(next);
  };
  return (
    <TextField
      label="Name"
      layout="row"
      value={draft ?? name}
      maxLength={500}
      onChange={setDraft}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        else if (event.key === 'Escape') {
          event.stopPropagation();
          setDraft(null);
        }
      }}
      className="[&_input]:h-7"
    />
  );
}
