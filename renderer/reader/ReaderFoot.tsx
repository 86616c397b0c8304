import { useState } from 'react';
import { readingMinutes } from '#core/reading/progress.ts';
import { classes } from '../ui/classes.ts';
import { Slider } from '../ui/Slider.tsx';
import { durationText } from '../ui/words.ts';
import { headingsOf } from './contentsPlace.ts';
import { useDesk, useDeskState } from './useDesk.ts';

/** Where in the book the page is, and the way to any other place of it. */
export function ReaderFoot({ areShown }: { areShown: boolean }) {
  const desk = useDesk();
  const sight = useDeskState((state) => state.sight);
  const row = useDeskState((state) => state.row);
  const [dragged, setDragged] = useState<number | null>(null);
  const total = sight?.isAtEnd === true ? 1 : (sight?.place.total ?? 0);
  const shown = dragged ?? Math.round(total * 1_000);
  const chapter = headingsOf(desk.rows, row).at(-1) ?? '';
  const length = desk.book.sections.reduce((sum, one) => sum + (one.linear ? one.length : 0), 0);
  // Markup is a little more than its text.
  const left = readingMinutes(length * 0.92 * (1 - total));
  const percent = `${Math.round(shown / 10)} %`;
  return (
    <footer
      className={classes(
        'absolute inset-x-0 bottom-0 z-10 flex h-10 items-center gap-3 bg-panel px-4 text-xs text-muted tabular-nums transition-opacity duration-150 focus-within:opacity-100',
        areShown ? 'opacity-100' : 'opacity-0',
      )}
    >
      <span className="w-1/4 truncate">{chapter}</span>
      <Slider
        label="Place in the book"
        value={shown}
        min={0}
        max={1_000}
        valueText={percent}
        onChange={setDragged}
        onCommit={(value) => {
          void desk.jump((view) => view.goToTotal(value / 1_000)).then(() => setDragged(null));
        }}
        className="min-w-0 grow"
      />
      <span role="status" aria-label={`${percent} read`} className="w-10 text-right">
        {percent}
      </span>
      <span className="w-28 truncate text-right">
        {left > 0 && `${durationText(left * 60_000)} left`}
      </span>
    </footer>
  );
}
