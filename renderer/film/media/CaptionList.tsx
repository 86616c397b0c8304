import { Captions, Plus, Trash2 } from 'lucide-react';
import { memo, useState } from 'react';
import type { Cue, Timeline } from '#core/model/entities.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import { tracksOfKind } from '#core/model/project.ts';
import { projectStore, useProject } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FIELD_LOOK } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { addCaption } from '../filmActions.ts';
import { select, useFilm, useFilmState } from '../filmSession.ts';
import { timecode } from '../words.ts';

const LONGEST_CAPTION = 400;

/** Every caption of the film in order, to read through and correct. */
export function CaptionList({ timeline }: { timeline: Timeline }) {
  const session = useFilm();
  const cues = useProject(
    (project) =>
      tracksOfKind(project, timeline.id, 'caption')
        .flatMap((track) => project.itemsOn(track.id))
        .filter((item): item is Cue => item.kind === 'cue')
        .sort((a, b) => itemStart(a) - itemStart(b)),
    [timeline.id],
  );
  if (cues.length === 0) {
    return (
      <div className="flex min-h-full">
        <EmptyState
          icon={Captions}
          title="No captions yet"
          text="Captions are the spoken words, drawn at the bottom of the picture. Add the first one where the playhead stands."
          actions={
            <Button look="primary" icon={Plus} onClick={() => addCaption(session)}>
              Add caption
            </Button>
          }
        />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-2 px-2 pb-3">
      <Button
        icon={Plus}
        size="small"
        className="h-7 self-start"
        onClick={() => addCaption(session)}
      >
        Add at the playhead
      </Button>
      <ul className="flex flex-col gap-px">
        {cues.map((cue) => (
          <CaptionRow key={cue.id} cue={cue} timeline={timeline} />
        ))}
      </ul>
    </div>
  );
}

const CaptionRow = memo(function CaptionRow({ cue, timeline }: { cue: Cue; timeline: Timeline }) {
  const session = useFilm();
  const isSelected = useFilmState((state) => state.selection.has(cue.id));
  const [draft, setDraft] = useState<string | null>(null);
  const { frameRate } = timeline.format;
  const commit = () => {
    const text = draft?.trim() ?? '';
    setDraft(null);
    if (text !== '' && text !== cue.text)
      projectStore.edit([{ type: 'caption.setText', captionId: cue.id, text }]);
  };
  return (
    <li
      className={`grid grid-cols-[1fr_auto] items-center gap-x-1 rounded-md p-1.5 [content-visibility:auto] ${isSelected ? 'bg-accent-soft' : ''}`}
    >
      <button
        type="button"
        title="Bring the playhead here"
        className="justify-self-start rounded-sm px-1 font-mono text-[0.6875rem] leading-6 text-faint hover:bg-hover hover:text-strong"
        onClick={() => {
          select(session, [cue.id]);
          session.player.seek(itemStart(cue));
          session.view.reveal(itemStart(cue));
        }}
      >
        {timecode(itemStart(cue), frameRate)} – {timecode(itemEnd(cue), frameRate)}
      </button>
      <IconButton
        icon={Trash2}
        size="small"
        label="Delete this caption"
        onClick={() => void projectStore.edit([{ type: 'clip.delete', clipIds: [cue.id] }])}
      />
      <textarea
        aria-label={`Words at ${timecode(itemStart(cue), frameRate)}`}
        value={draft ?? cue.text}
        rows={2}
        maxLength={LONGEST_CAPTION}
        onFocus={() => select(session, [cue.id])}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            setDraft(null);
          } else if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            commit();
          }
        }}
        className={`col-span-2 field-sizing-content min-h-8 w-full resize-none px-2 py-1.5 leading-5 ${FIELD_LOOK}`}
      />
    </li>
  );
});
