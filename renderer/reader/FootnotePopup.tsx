import { useEffect, useRef } from 'react';
import { X } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { useDesk, useDeskState } from './useDesk.ts';

const WIDTH = 380;

/** A note where its call stands, without leaving the page. */
export function FootnotePopup() {
  const desk = useDesk();
  const footnote = useDeskState((state) => state.footnote);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (footnote !== null) panel.current?.focus();
  }, [footnote]);
  if (footnote === null) return null;
  const { box, lines, target } = footnote;
  const left = Math.min(window.innerWidth - WIDTH - 12, Math.max(12, box.left - WIDTH / 2));
  const isBelow = box.top < window.innerHeight / 2;
  const style = isBelow
    ? { left, width: WIDTH, top: box.top + box.height + 10 }
    : { left, width: WIDTH, bottom: window.innerHeight - box.top + 10 };
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label="Footnote"
      style={style}
      className="fixed z-20 flex max-h-[45vh] animate-appear flex-col rounded-lg bg-overlay shadow-overlay outline-none"
    >
      <div data-selectable className="min-h-0 overflow-y-auto px-4 pt-3 pr-10 font-serif text-base">
        {lines.map((line, row) => (
          <p key={row} className="mb-2">
            {line.map((part, at) =>
              part.kind === 'em' ? (
                <em key={at}>{part.text}</em>
              ) : part.kind === 'strong' ? (
                <strong key={at}>{part.text}</strong>
              ) : (
                part.text
              ),
            )}
          </p>
        ))}
      </div>
      <div className="px-2 pb-2">
        <Button
          look="quiet"
          onClick={() => {
            desk.state.setState({ footnote: null });
            void desk.jump((view) => view.goToFragment(target.index, target.fragment));
          }}
        >
          Go to the note
        </Button>
      </div>
      <IconButton
        icon={X}
        label="Close the footnote"
        size="small"
        className="absolute top-2 right-2"
        onClick={() => desk.state.setState({ footnote: null })}
      />
    </aside>
  );
}
