import { useState } from 'react';
import { PROJECT_OBJECT_ID } from '#core/edits/timelines/projectRename.ts';
import { projectStore, useOpenProject, useProject } from '../client/project.ts';
import { fileName } from '../ui/words.ts';

/** The project's name; a click makes it a field. */
export function ProjectName() {
  const { path, readOnly } = useOpenProject();
  const stored = useProject((project) => project.find('project', PROJECT_OBJECT_ID)?.name ?? '');
  const name = stored === '' ? fileName(path).replace(/\.inkreel$/i, '') : stored;
  const [draft, setDraft] = useState<string | null>(null);

  function commit() {
    const next = (draft ?? '').trim();
    setDraft(null);
    if (next !== '' && next !== name) projectStore.edit([{ type: 'project.rename', name: next }]);
  }

  if (draft === null) {
    return (
      <button
        type="button"
        title={path}
        disabled={readOnly}
        aria-label={`Rename project “${name}”`}
        onClick={() => setDraft(name)}
        className="h-7 min-w-0 truncate rounded-md px-2 text-sm font-semibold hover:bg-hover"
      >
        {name}
      </button>
    );
  }
  return (
    <input
      aria-label="Project name"
      value={draft}
      maxLength={200}
      // The field replaces the button that was just pressed, so focus belongs in it.
      ref={(field) => {
        if (field && document.activeElement !== field) {
          field.focus();
          field.select();
        }
      }}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        else if (event.key === 'Escape') setDraft(null);
      }}
      className="h-7 w-56 rounded-md bg-field px-2 text-sm font-semibold"
    />
  );
}
