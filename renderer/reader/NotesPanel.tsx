import { Bookmark, Download, Pencil, Trash2, Upload } from 'lucide-react';
import type { Annotation } from '#core/reading/readingModel.ts';
import { pageColors } from '#core/reading/pageStyle.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { exportNotes, importNotes } from './noteFiles.ts';
import { PanelHead } from './PanelHead.tsx';
import { useDesk, useDeskState } from './useDesk.ts';

/** Bookmarks, highlights and notes in the order of the book. */
export function NotesPanel() {
  const desk = useDesk();
  const annotations = useDeskState((state) => state.annotations);
  const order = (one: Annotation) => {
    const index = desk.view?.indexOf(one.place.path) ?? -1;
    return (index < 0 ? desk.book.sections.length : index) + one.place.progression;
  };
  const sorted = [...annotations].sort((a, b) => order(a) - order(b));
  return (
    <>
      <PanelHead title="Bookmarks and notes">
        <IconButton
          icon={Upload}
          size="small"
          label="Import notes"
          onClick={() => void importNotes(desk)}
        />
        <IconButton
          icon={Download}
          size="small"
          label="Export notes"
          disabled={annotations.length === 0}
          onClick={() => void exportNotes(desk)}
        />
      </PanelHead>
      {sorted.length === 0 && (
        <EmptyState
          icon={Bookmark}
          title="Nothing marked yet"
          text="Press B to bookmark a page. Choose words on the page to highlight them or to write a note."
        />
      )}
      <ul className="min-h-0 grow overflow-y-auto px-2 pb-3">
        {sorted.map((annotation) => (
          <li key={annotation.id} className="group relative rounded-md hover:bg-hover">
            <NoteRow annotation={annotation} />
            <span className="absolute top-1.5 right-1.5 flex gap-0.5 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
              {annotation.kind === 'highlight' && (
                <IconButton
                  icon={Pencil}
                  size="small"
                  label="Edit the note"
                  onClick={() => desk.state.setState({ editing: annotation })}
                />
              )}
              <IconButton
                icon={Trash2}
                size="small"
                label={
                  annotation.kind === 'bookmark' ? 'Remove the bookmark' : 'Remove the highlight'
                }
                onClick={() => void desk.removeAnnotation(annotation.id)}
              />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function NoteRow({ annotation }: { annotation: Annotation }) {
  const desk = useDesk();
  const colors = useDeskState((state) => pageColors(state.appearance).highlights);
  const words = annotation.place.quote.exact.replace(/\s+/g, ' ').trim();
  const chapter = annotation.headings.at(-1);
  return (
    <button
      type="button"
      onClick={() => void desk.jump(() => desk.goToPlace(annotation.place))}
      className="block w-full rounded-md py-2 pr-14 pl-2 text-left"
    >
      <span className="flex items-center gap-1.5 text-xs text-muted">
        {annotation.kind === 'bookmark' ? (
          <Icon icon={Bookmark} size={12} />
        ) : (
          <span
            className="size-2.5 rounded-full"
            style={{ backgroundColor: colors[annotation.color] }}
          />
        )}
        <span className="truncate">
          {chapter ?? (annotation.kind === 'bookmark' ? 'Bookmark' : 'Highlight')}
        </span>
      </span>
      <span className="mt-0.5 line-clamp-3 font-serif text-sm wrap-anywhere">
        {words || 'A page'}
      </span>
      {annotation.note !== '' && (
        <span className="mt-1 line-clamp-4 text-sm whitespace-pre-wrap wrap-anywhere">
          {annotation.note}
        </span>
      )}
    </button>
  );
}
