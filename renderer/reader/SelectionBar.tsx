import { Copy, NotebookPen } from 'lucide-react';
import { pageColors } from '#core/reading/pageStyle.ts';
import { HIGHLIGHT_COLORS } from '#core/reading/readingModel.ts';
import { notify } from '../client/notices.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { useDesk, useDeskState } from './useDesk.ts';

const WIDTH = 264;

/** What can be done with chosen words, beside them. */
export function SelectionBar() {
  const desk = useDesk();
  const selection = useDeskState((state) => state.selection);
  const colors = useDeskState((state) => pageColors(state.appearance).highlights);
  if (selection === null) return null;
  const { box, text } = selection;
  const left = Math.min(
    window.innerWidth - WIDTH - 8,
    Math.max(8, box.left + box.width / 2 - WIDTH / 2),
  );
  const top = box.top > 60 ? box.top - 48 : box.top + box.height + 12;
  return (
    <div
      role="toolbar"
      aria-label="Chosen words"
      style={{ left, top, width: WIDTH }}
      className="fixed z-20 flex h-10 animate-appear items-center gap-1 rounded-lg bg-overlay px-2 shadow-overlay"
      // The words stay chosen while one of these is pressed.
      onPointerDown={(event) => event.preventDefault()}
    >
      {HIGHLIGHT_COLORS.map((color) => (
        <button
          key={color}
          type="button"
          aria-label={`Highlight in ${color}`}
          onClick={() => void desk.highlight(color)}
          className="flex size-7 items-center justify-center rounded-md hover:bg-hover"
        >
          <span className="size-4 rounded-full" style={{ backgroundColor: colors[color] }} />
        </button>
      ))}
      <span className="grow" />
      <IconButton
        icon={NotebookPen}
        label="Write a note"
        keys="M"
        size="small"
        onClick={() => void desk.highlight('yellow', 'note')}
      />
      <IconButton
        icon={Copy}
        label="Copy"
        size="small"
        onClick={() => {
          void navigator.clipboard.writeText(text).then(
            () => notify({ text: 'Copied.', topic: 'reading.copied' }),
            () =>
              notify({ tone: 'error', text: 'The clipboard is not to be had here. Press Ctrl+C.' }),
          );
        }}
      />
    </div>
  );
}
