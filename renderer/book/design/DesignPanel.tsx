import {
  type BookDesign,
  DEFAULT_THEME,
  FOLIO_PLACES,
  LEAD_INS,
  ORNAMENTS,
  RUNNING_HEADS,
  type ThemeId,
} from '#core/book/print/design.ts';
import { THEMES } from '#core/book/print/themes.ts';
import { DEFAULT_TRIM_SIZE, PAPERS, TRIM_SIZES } from '#core/book/print/trims.ts';
import { projectStore, useOpenProject, useProject } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { TRIMS } from '../trims.ts';
import { ThemeGallery } from './ThemeGallery.tsx';

const LEAD_IN_WORDS = {
  'drop-cap': 'Drop cap',
  'small-caps': 'First words set apart',
  plain: 'Plain',
} as const;
const HEAD_WORDS = {
  'author-title': 'Author, title',
  'title-chapter': 'Title, chapter',
  'author-chapter': 'Author, chapter',
  none: 'None',
} as const;
const FOLIO_WORDS = {
  'head-outer': 'Head, outside',
  'foot-centre': 'Foot, centred',
  'foot-outer': 'Foot, outside',
} as const;
const PAPER_WORDS = { white: 'White', cream: 'Cream', colour: 'White, colour print' } as const;

/** How the book looks in print: a theme, and what is to be otherwise than the theme has it. */
export function DesignPanel({ bookId }: { bookId: string }) {
  const { readOnly } = useOpenProject();
  const stored = useProject((project) => project.find('book', bookId)?.design, [bookId]);
  const design: BookDesign = stored ?? { theme: DEFAULT_THEME };
  const theme = THEMES[design.theme];
  const set = (change: Partial<BookDesign>) => {
    projectStore.edit([{ type: 'book.setDesign', bookId, design: { ...design, ...change } }]);
  };
  const choose = (next: ThemeId) => set({ theme: next });
  const onlyTheme = Object.keys(design).every((key) => key === 'theme' || key === 'trim');
  const startOver = () => {
    const { trim } = design;
    const plain = { theme: design.theme, ...(trim !== undefined && { trim }) };
    projectStore.edit([{ type: 'book.setDesign', bookId, design: plain }]);
  };
  return (
    <div className="grid gap-5 px-4 pt-1 pb-6">
      <ThemeGallery bookId={bookId} design={design} disabled={readOnly} onChoose={choose} />
      <p className="text-xs text-faint">{theme.summary}</p>
      <fieldset disabled={readOnly} className="grid gap-3">
        <legend className="sr-only">Page</legend>
        <Select
          label="Page size"
          value={design.trim ?? DEFAULT_TRIM_SIZE}
          options={TRIMS.map(({ value, label }) => ({
            value,
            label: value === 'a5' ? label : `${label} · ${TRIM_SIZES[value].name}`,
          }))}
          disabled={readOnly}
          onChange={(trim) => set({ trim })}
        />
        <NumberField
          label="Text size"
          value={design.textSize ?? 100}
          min={80}
          max={160}
          unit="%"
          disabled={readOnly}
          onCommit={(textSize) => set({ textSize })}
        />
        <NumberField
          label="Line distance"
          value={design.leading ?? 100}
          min={85}
          max={140}
          unit="%"
          disabled={readOnly}
          onCommit={(leading) => set({ leading })}
        />
        <Choice
          label="Chapters begin"
          value={design.leadIn ?? theme.leadIn}
          words={LEAD_IN_WORDS}
          options={LEAD_INS}
          onChange={(leadIn) => set({ leadIn })}
        />
        <Choice
          label="Between scenes"
          value={design.ornament ?? theme.ornament}
          options={ORNAMENTS}
          onChange={(ornament) => set({ ornament })}
        />
        <Choice
          label="Over the pages"
          value={design.runningHeads ?? theme.heads.what}
          words={HEAD_WORDS}
          options={RUNNING_HEADS}
          onChange={(runningHeads) => set({ runningHeads })}
        />
        <Choice
          label="Page numbers"
          value={design.folio ?? theme.folio.place}
          words={FOLIO_WORDS}
          options={FOLIO_PLACES}
          onChange={(folio) => set({ folio })}
        />
        <Choice
          label="Paper"
          value={design.paper ?? 'cream'}
          words={PAPER_WORDS}
          options={PAPERS}
          onChange={(paper) => set({ paper })}
        />
        <Toggle
          label="Chapters on right-hand pages"
          checked={design.openings === 'recto'}
          onChange={(isOn) => set({ openings: isOn ? 'recto' : 'next' })}
        />
        <Toggle
          label="Both edges even"
          checked={
            design.alignment === undefined ? theme.text.justify : design.alignment === 'justified'
          }
          onChange={(isOn) => set({ alignment: isOn ? 'justified' : 'ragged' })}
        />
        <Toggle
          label="Hyphens"
          checked={design.hyphenation ?? theme.text.hyphenate}
          onChange={(hyphenation) => set({ hyphenation })}
        />
        <Toggle
          label="Space between paragraphs"
          checked={
            design.paragraphs === undefined ? theme.text.spaced : design.paragraphs === 'spaced'
          }
          onChange={(isOn) => set({ paragraphs: isOn ? 'spaced' : 'indented' })}
        />
        <Toggle
          label="Bleed"
          checked={design.bleed === true}
          onChange={(bleed) => set({ bleed })}
        />
      </fieldset>
      <Button look="quiet" disabled={readOnly || onlyTheme} onClick={startOver}>
        As the theme has it
      </Button>
    </div>
  );
}

type ChoiceProps<T extends string> = {
  label: string;
  value: T;
  options: readonly T[];
  /** How options are called; by themselves without it. */
  words?: Readonly<Record<T, string>>;
  onChange: (value: T) => void;
};

function Choice<T extends string>({ label, value, options, words, onChange }: ChoiceProps<T>) {
  const { readOnly } = useOpenProject();
  return (
    <Select
      label={label}
      layout="row"
      value={value}
      disabled={readOnly}
      options={options.map((option) => ({
        value: option,
        label: words?.[option] ?? option.charAt(0).toUpperCase() + option.slice(1),
      }))}
      onChange={onChange}
    />
  );
}

type ToggleProps = { label: string; checked: boolean; onChange: (isOn: boolean) => void };

function Toggle({ label, checked, onChange }: ToggleProps) {
  const { readOnly } = useOpenProject();
  return (
    <div className="flex items-center justify-between gap-3 text-xs text-muted">
      <span>{label}</span>
      <Switch label={label} checked={checked} disabled={readOnly} onChange={onChange} />
    </div>
  );
}
