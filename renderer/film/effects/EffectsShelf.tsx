import { Search, Sparkles } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FIELD_LOOK } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Button } from '../../ui/Button.tsx';
import { plural } from '../../ui/words.ts';
import { useProject } from '../../client/project.ts';
import { useFilm, useFilmState } from '../filmSession.ts';
import { addEffect } from './addEffect.ts';
import { type EffectEntry, effectGroups } from './effectWords.ts';

/** Every effect with a line of words: a double click or Enter adds it to the selected clips. */
export function EffectsShelf() {
  const [search, setSearch] = useState('');
  const groups = effectGroups({ search });
  const selection = useFilmState((state) => state.selection);
  const count = useProject(
    (project) => [...selection].filter((id) => project.item(id)?.kind === 'clip').length,
    [selection],
  );
  return (
    <div className="flex min-h-full flex-col gap-2 px-2 pb-3">
      <div className="sticky top-0 z-10 -mb-1 bg-panel pb-1">
        <span className={`flex h-8 items-center gap-1.5 px-2 ${FIELD_LOOK}`}>
          <Icon icon={Search} size={14} className="text-faint" />
          <input
            type="search"
            aria-label="Search effects"
            placeholder="Search effects"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="h-full w-full min-w-0 bg-transparent outline-none"
          />
        </span>
      </div>
      {groups.length === 0 ? (
        <EmptyState
          icon={Sparkles}
          title="No such effect"
          text="Try a shorter word, such as colour, blur or hum."
          actions={<Button onClick={() => setSearch('')}>Show all effects</Button>}
        />
      ) : (
        <>
          <p className="px-1 text-xs text-faint">
            {count === 0
              ? 'Select clips on the timeline, then double-click an effect or press Enter.'
              : `Double-click an effect or press Enter to add it to ${plural(count, 'clip')}.`}
          </p>
          {groups.map(({ group, of, entries }) => (
            <div key={`${of} ${group}`}>
              <h2 className="px-1 pt-1 pb-0.5 text-xs font-semibold text-strong">
                {titleOf(group, of)}
              </h2>
              <ul className="flex flex-col">
                {entries.map((entry) => (
                  <EffectRow key={entry.name} entry={entry} />
                ))}
              </ul>
            </div>
          ))}
        </>
      )}
    </div>
  );
}

/** Two groups are called alike, one for pictures and one for sound. */
function titleOf(group: string, of: 'picture' | 'sound'): string {
  return of === 'sound' ? `Sound: ${group.toLowerCase()}` : group;
}

function EffectRow({ entry }: { entry: EffectEntry }) {
  const session = useFilm();
  return (
    <li>
      <button
        type="button"
        onDoubleClick={() => addEffect(session, entry.name)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          addEffect(session, entry.name);
        }}
        className="flex w-full flex-col rounded-md px-1 py-1 text-left hover:bg-hover focus:bg-pressed"
      >
        <span className="text-sm text-strong">{entry.label}</span>
        <span className="text-xs text-muted">{entry.words}</span>
      </button>
    </li>
  );
}
