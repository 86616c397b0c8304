import { useEffect, useId } from 'react';
import { type BookDesign, THEME_IDS, type ThemeId } from '#core/book/print/design.ts';
import { THEMES } from '#core/book/print/themes.ts';
import { useOpenProject } from '../../client/project.ts';
import { useEngineQuery } from '../../client/query.ts';
import { trimOf } from '../trims.ts';
import { SvgPicture } from './SvgPicture.tsx';
import { useInTurn } from './useInTurn.ts';

type ThemeGalleryProps = {
  bookId: string;
  design: BookDesign;
  disabled: boolean;
  onChoose: (theme: ThemeId) => void;
};

/** The interior designs, each shown by the opening of this very book. */
export function ThemeGallery({ bookId, design, disabled, onChoose }: ThemeGalleryProps) {
  const name = useId();
  const turns = useInTurn();
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-2 text-xs text-muted">Theme</legend>
      <div className="grid grid-cols-2 gap-x-3 gap-y-4">
        {THEME_IDS.map((id, index) => (
          <label key={id} className="group cursor-pointer" title={THEMES[id].summary}>
            <input
              type="radio"
              name={name}
              value={id}
              checked={design.theme === id}
              onChange={() => onChoose(id)}
              className="peer sr-only"
            />
            <span className="block overflow-hidden rounded-sm bg-white shadow-sm ring-1 ring-line peer-checked:ring-2 peer-checked:ring-accent peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent group-hover:ring-edge">
              <Sample
                bookId={bookId}
                design={design}
                theme={id}
                mayLoad={turns.mayLoad(index)}
                onDone={() => turns.onDone(index)}
              />
            </span>
            <span className="mt-1.5 block text-xs text-muted peer-checked:text-strong">
              {THEMES[id].name}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type SampleProps = {
  bookId: string;
  design: BookDesign;
  theme: ThemeId;
  mayLoad: boolean;
  onDone: () => void;
};

function Sample(props: SampleProps) {
  const { bookId, theme, mayLoad, onDone } = props;
  const { projectId } = useOpenProject();
  const { trim } = props.design;
  const design = { theme, ...(trim !== undefined && { trim }) };
  // What is typed shows in the large preview; the gallery follows when it is opened again.
  const sample = useEngineQuery(
    'book.designSample',
    { projectId, bookId, design },
    { staleTime: Infinity, keepPrevious: true, enabled: mayLoad },
  );
  const isDone = sample.isSuccess || sample.isError;
  useEffect(() => {
    if (isDone) onDone();
  }, [isDone, onDone]);
  return (
    <span className="block" style={{ aspectRatio: trimOf(trim).shape }}>
      <SvgPicture svg={sample.data?.pages[0]?.svg} alt="" className="size-full" />
    </span>
  );
}
