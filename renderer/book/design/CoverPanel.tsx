import { Dices } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import {
  COVER_TEMPLATES,
  type CoverDesign,
  DEFAULT_COVER,
  PALETTES,
  type PaletteId,
} from '#core/book/cover/coverDesign.ts';
import { TEMPLATES } from '#core/book/cover/coverTemplates.ts';
import { projectStore, useOpenProject, useProject } from '../../client/project.ts';
import { useEngineQuery } from '../../client/query.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { SvgPicture } from './SvgPicture.tsx';
import { useInTurn } from './useInTurn.ts';

const PALETTE_IDS = Object.keys(PALETTES) as PaletteId[];
const MOST_SEEDS = 1_000;

/** The cover: seen as it will be, made from a template, colours and art or a picture of the project. */
export function CoverPanel({ bookId }: { bookId: string }) {
  const { projectId, readOnly, revision } = useOpenProject();
  const stored = useProject((project) => project.find('book', bookId)?.cover, [bookId]);
  const pictures = useProject((project) =>
    project
      .all('asset')
      .filter((asset) => asset.facts.mediaKind === 'image')
      .map((asset) => asset.name),
  );
  const [part, setPart] = useState<'front' | 'wrap'>('front');
  const cover: CoverDesign = stored ?? DEFAULT_COVER;
  const shown = useEngineQuery(
    'book.cover',
    { projectId, bookId, part },
    { of: revision, keepPrevious: true },
  );
  const set = (next: CoverDesign) => {
    projectStore.edit([{ type: 'book.setCover', bookId, cover: next }]);
  };
  const { picture, ...withoutPicture } = cover;
  const palette = cover.palette ?? TEMPLATES[cover.template].palette;
  return (
    <div className="grid gap-4 px-4 pt-1 pb-6">
      <div className="flex justify-center">
        <Segmented
          label="Part of the cover"
          size="small"
          value={part}
          options={[
            { value: 'front', label: 'Front' },
            { value: 'wrap', label: 'Whole cover' },
          ]}
          onChange={setPart}
        />
      </div>
      <div
        aria-busy={shown.isFetching}
        className="overflow-hidden"
        style={{ aspectRatio: part === 'front' ? 5 / 6.4 : 11.5 / 8.75 }}
      >
        <SvgPicture
          svg={shown.data?.svg}
          alt={part === 'front' ? 'Front cover' : 'Back, spine and front'}
          className="h-full w-full object-contain"
        />
      </div>
      <p role="status" className="text-center text-xs tabular-nums text-faint">
        {part === 'wrap' && shown.data?.spine !== undefined
          ? `Spine ${shown.data.spine.widthIn.toFixed(3)} in of ${shown.data.spine.pages} pages${shown.data.spine.hasText ? '' : ', too thin for words'}${shown.data.hasBarcode ? '' : ' · no ISBN, no barcode'}`
          : '1600 × 2560 pixels'}
      </p>
      <Templates cover={cover} disabled={readOnly} bookId={bookId} onChoose={set} />
      <Palettes
        value={palette}
        disabled={readOnly}
        onChoose={(next) => set({ ...cover, palette: next })}
      />
      <Button
        icon={Dices}
        disabled={readOnly || picture !== undefined}
        onClick={() => set({ ...cover, seed: ((cover.seed ?? 1) + 1) % MOST_SEEDS })}
      >
        Draw again
      </Button>
      <Select
        label="Picture"
        value={picture ?? ''}
        disabled={readOnly}
        options={[
          { value: '', label: 'None, drawn art' },
          ...[...new Set(pictures)].map((name) => ({ value: name, label: name })),
        ]}
        onChange={(name) => set(name === '' ? withoutPicture : { ...cover, picture: name })}
      />
      <BackText cover={cover} disabled={readOnly} onCommit={set} />
    </div>
  );
}

type TemplatesProps = {
  bookId: string;
  cover: CoverDesign;
  disabled: boolean;
  onChoose: (cover: CoverDesign) => void;
};

function Templates({ bookId, cover, disabled, onChoose }: TemplatesProps) {
  const name = useId();
  const turns = useInTurn();
  const { projectId } = useOpenProject();
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-2 text-xs text-muted">Template</legend>
      <div className="grid grid-cols-4 gap-2">
        {COVER_TEMPLATES.map((id, index) => (
          <label key={id} className="cursor-pointer">
            <input
              type="radio"
              name={name}
              checked={cover.template === id}
              onChange={() => {
                // Colours go with a template unless they were chosen; art begins anew.
                onChoose({ ...cover, template: id });
              }}
              className="peer sr-only"
            />
            <span className="block aspect-5/8 overflow-hidden rounded-sm bg-field ring-1 ring-line peer-checked:ring-2 peer-checked:ring-accent peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent">
              <TemplatePicture
                input={{ projectId, bookId, cover: { template: id } }}
                mayLoad={turns.mayLoad(index)}
                onDone={() => turns.onDone(index)}
              />
            </span>
            <span className="mt-1 block truncate text-center text-[0.6875rem] text-muted peer-checked:text-strong">
              {TEMPLATES[id].name}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type TemplatePictureProps = {
  input: { projectId: string; bookId: string; cover: CoverDesign };
  mayLoad: boolean;
  onDone: () => void;
};

function TemplatePicture({ input, mayLoad, onDone }: TemplatePictureProps) {
  const picture = useEngineQuery('book.cover', input, { staleTime: Infinity, enabled: mayLoad });
  const isDone = picture.isSuccess || picture.isError;
  useEffect(() => {
    if (isDone) onDone();
  }, [isDone, onDone]);
  return <SvgPicture svg={picture.data?.svg} alt="" className="size-full object-cover" />;
}

type PalettesProps = {
  value: PaletteId;
  disabled: boolean;
  onChoose: (palette: PaletteId) => void;
};

function Palettes({ value, disabled, onChoose }: PalettesProps) {
  const name = useId();
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-2 text-xs text-muted">Colours</legend>
      <div className="flex flex-wrap gap-2">
        {PALETTE_IDS.map((id) => (
          <label key={id} className="cursor-pointer" title={id}>
            <input
              type="radio"
              name={name}
              aria-label={id}
              checked={value === id}
              onChange={() => onChoose(id)}
              className="peer sr-only"
            />
            <span className="flex h-6 w-12 overflow-hidden rounded-sm ring-1 ring-line peer-checked:ring-2 peer-checked:ring-accent peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent">
              {(['paper', 'ink', 'accent'] as const).map((part) => (
                <span key={part} className="grow" style={{ background: PALETTES[id][part] }} />
              ))}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type BackTextProps = {
  cover: CoverDesign;
  disabled: boolean;
  onCommit: (cover: CoverDesign) => void;
};

/** What stands on the back; the book’s description until something else is written. */
function BackText({ cover, disabled, onCommit }: BackTextProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft === null) return;
    setDraft(null);
    const { backText: _before, ...rest } = cover;
    onCommit(draft.trim() === '' ? rest : { ...cover, backText: draft.trim() });
  };
  return (
    <TextArea
      label="Text on the back"
      hint="Left empty, the book’s description stands there."
      rows={5}
      maxLength={4_000}
      disabled={disabled}
      value={draft ?? cover.backText ?? ''}
      onChange={setDraft}
      onBlur={commit}
    />
  );
}
