import { useState } from 'react';
import { pageColors } from '#core/reading/pageStyle.ts';
import { type Annotation, HIGHLIGHT_COLORS } from '#core/reading/readingModel.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { TextArea } from '../ui/TextArea.tsx';
import { useDesk, useDeskState } from './useDesk.ts';

/** The note on a highlight, its colour and kind of line. */
export function NoteDialog() {
  const editing = useDeskState((state) => state.editing);
  return editing === null ? null : <Editor key={editing.id} annotation={editing} />;
}

const STYLES = [
  { value: 'solid', label: 'Marked' },
  { value: 'underline', label: 'Underlined' },
  { value: 'strikethrough', label: 'Struck' },
] as const;

function Editor({ annotation }: { annotation: Annotation }) {
  const desk = useDesk();
  const colors = useDeskState((state) => pageColors(state.appearance).highlights);
  const [note, setNote] = useState(annotation.note);
  const [color, setColor] = useState(annotation.color);
  const [style, setStyle] = useState(annotation.style);
  const close = () => desk.state.setState({ editing: null });
  const save = () => {
    close();
    const isSame =
      note === annotation.note && color === annotation.color && style === annotation.style;
    if (!isSame)
      void desk.annotate({
        ...annotation,
        note,
        color,
        style,
        modifiedAt: new Date().toISOString(),
      });
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) save();
      }}
      title="Note"
      size="small"
      footer={
        <>
          <Button
            look="quiet"
            onClick={() => {
              close();
              void desk.removeAnnotation(annotation.id);
            }}
          >
            Remove highlight
          </Button>
          <span className="grow" />
          <Button look="primary" onClick={save}>
            Keep note
          </Button>
        </>
      }
    >
      <blockquote className="mb-3 line-clamp-4 font-serif text-base text-muted">
        {annotation.place.quote.exact.replace(/\s+/g, ' ')}
      </blockquote>
      <TextArea label="Note" rows={5} value={note} onChange={setNote} />
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <div role="group" aria-label="Colour" className="flex gap-1">
          {HIGHLIGHT_COLORS.map((one) => (
            <button
              key={one}
              type="button"
              aria-label={`Highlight in ${one}`}
              aria-pressed={one === color}
              onClick={() => setColor(one)}
              className={classes(
                'flex size-7 items-center justify-center rounded-md hover:bg-hover',
                one === color ? 'bg-pressed' : '',
              )}
            >
              <span className="size-4 rounded-full" style={{ backgroundColor: colors[one] }} />
            </button>
          ))}
        </div>
        <Segmented
          label="Kind of mark"
          size="small"
          value={style === 'outline' ? 'solid' : style}
          options={STYLES}
          onChange={setStyle}
        />
      </div>
    </Dialog>
  );
}
