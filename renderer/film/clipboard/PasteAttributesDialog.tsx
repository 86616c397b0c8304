import { useState } from 'react';
import type { Clipboard } from '#core/clipboard/clipboard.ts';
import { projectStore } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { plural } from '../../ui/words.ts';
import { useFilm, useFilmState } from '../filmSession.ts';
import { chosenItemIds } from './clipboardActions.ts';
import { type Attribute, offersOf, usePasteAttributes } from './pasteAttributes.ts';

/** Asks what of the copied clip the chosen ones shall take. */
export function PasteAttributesDialog() {
  const clipboard = usePasteAttributes((state) => state.clipboard);
  return clipboard === null ? null : <Choice clipboard={clipboard} />;
}

function Choice({ clipboard }: { clipboard: Clipboard }) {
  const session = useFilm();
  const isLinked = useFilmState((film) => film.isLinked);
  const offers = offersOf(clipboard);
  const [chosen, setChosen] = useState<ReadonlySet<Attribute>>(
    () => new Set(offers.filter((offer) => offer.isThere).map((offer) => offer.which)),
  );
  const clipIds = chosenItemIds(session);
  const close = () => usePasteAttributes.setState({ clipboard: null });
  const toggle = (which: Attribute) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(which)) next.add(which);
      return next;
    });
  const paste = () => {
    const done = projectStore.edit([
      {
        type: 'clip.pasteAttributes',
        clipIds,
        clipboard,
        which: [...chosen],
        scope: isLinked ? 'linked' : 'alone',
      },
    ]);
    if (done.ok) close();
  };
  return (
    <Dialog
      open
      onOpenChange={close}
      title="Paste attributes"
      description={`${plural(clipIds.length, 'chosen item')} will take this from the clip that was copied. Nothing moves.`}
      size="small"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" disabled={chosen.size === 0} onClick={paste}>
            Paste attributes
          </Button>
        </>
      }
    >
      <ul>
        {offers.map(({ which, label, has, isThere }) => (
          <li key={which}>
            <label
              className={`flex min-h-9 items-center gap-3 rounded-md px-2 text-sm hover:bg-hover ${isThere ? 'text-strong' : 'text-muted'}`}
            >
              <input
                type="checkbox"
                checked={chosen.has(which)}
                onChange={() => toggle(which)}
                className="size-4 flex-none accent-accent"
              />
              <span className="grow">{label}</span>
              <span className="flex-none text-xs text-faint first-letter:uppercase">{has}</span>
            </label>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
