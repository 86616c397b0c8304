import type { Appearance } from '#core/reading/readingModel.ts';
import { DEFAULT_APPEARANCE } from '#core/reading/readingModel.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Select } from '../ui/Select.tsx';
import { Slider } from '../ui/Slider.tsx';
import { Switch } from '../ui/Switch.tsx';
import { PanelHead } from './PanelHead.tsx';
import { useDesk, useDeskState } from './useDesk.ts';

const THEMES = [
  { value: 'light', label: 'Light' },
  { value: 'sepia', label: 'Sepia' },
  { value: 'dark', label: 'Dark' },
  { value: 'own', label: 'Own' },
] as const;
const FONTS = [
  { value: 'book', label: 'As the book has it' },
  { value: 'literata', label: 'Literata' },
  { value: 'serif', label: 'System serif' },
  { value: 'sans', label: 'Inter' },
  { value: 'legible', label: 'Easy to tell apart' },
  { value: 'mono', label: 'Typewriter' },
] as const;
const FLOWS = [
  { value: 'pages', label: 'Pages' },
  { value: 'scroll', label: 'Scroll' },
] as const;
const COLUMNS = [
  { value: 'auto', label: 'As they fit' },
  { value: 'one', label: 'One' },
  { value: 'two', label: 'Two' },
] as const;
const ALIGNS = [
  { value: 'book', label: 'Book' },
  { value: 'start', label: 'Ragged' },
  { value: 'justify', label: 'Justified' },
] as const;

/** How books look: kept for all of them. */
export function AppearancePanel() {
  const desk = useDesk();
  const appearance = useDeskState((state) => state.appearance);
  const set = (change: Partial<Appearance>) => desk.setAppearance(change);
  return (
    <>
      <PanelHead title="Appearance" />
      <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 pt-1 pb-5">
        <Row label="Paper">
          <Segmented
            label="Paper"
            size="small"
            value={appearance.theme}
            options={THEMES}
            onChange={(theme) => set({ theme })}
          />
        </Row>
        {appearance.theme === 'own' && (
          <div className="flex gap-4">
            <ColorPick
              label="Paper colour"
              value={appearance.paper}
              onChange={(paper) => set({ paper })}
            />
            <ColorPick
              label="Text colour"
              value={appearance.ink}
              onChange={(ink) => set({ ink })}
            />
          </div>
        )}
        <Row label="Layout">
          <Segmented
            label="Layout"
            size="small"
            value={appearance.flow}
            options={FLOWS}
            onChange={(flow) => set({ flow })}
          />
        </Row>
        {appearance.flow === 'pages' && (
          <Row label="Columns">
            <Segmented
              label="Columns"
              size="small"
              value={appearance.columns}
              options={COLUMNS}
              onChange={(columns) => set({ columns })}
            />
          </Row>
        )}
        <Select
          label="Font"
          value={appearance.font}
          options={FONTS}
          onChange={(font) => set({ font })}
        />
        <Amount
          label="Text size"
          unit=" %"
          value={appearance.size}
          min={60}
          max={300}
          step={5}
          onChange={(size) => set({ size })}
        />
        <Amount
          label="Line height"
          unit=" %"
          value={appearance.lineHeight}
          min={110}
          max={240}
          step={5}
          onChange={(lineHeight) => set({ lineHeight })}
        />
        <Amount
          label="Line length"
          unit=" characters"
          value={appearance.measure}
          min={30}
          max={110}
          step={2}
          onChange={(measure) => set({ measure })}
        />
        <Amount
          label="Margins"
          unit=" %"
          value={appearance.margin}
          min={2}
          max={20}
          step={1}
          onChange={(margin) => set({ margin })}
        />
        <Row label="Lines">
          <Segmented
            label="Lines"
            size="small"
            value={appearance.align}
            options={ALIGNS}
            onChange={(align) => set({ align })}
          />
        </Row>
        <Toggle
          label="Hyphenation"
          checked={appearance.hyphens}
          onChange={(hyphens) => set({ hyphens })}
        />
        <Toggle
          label="Wide spacing, for dyslexia"
          checked={appearance.spacing === 'wide'}
          onChange={(isWide) => set({ spacing: isWide ? 'wide' : 'normal' })}
        />
        <Toggle
          label="Styles of the book"
          checked={appearance.publisherStyles}
          onChange={(publisherStyles) => set({ publisherStyles })}
        />
        <div>
          <Button onClick={() => set(DEFAULT_APPEARANCE)}>Back to the usual look</Button>
        </div>
      </div>
    </>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-1">
      <span className="text-xs text-muted">{label}</span>
      {children}
    </div>
  );
}

type AmountProps = {
  label: string;
  unit: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
};

function Amount({ label, unit, value, onChange, ...range }: AmountProps) {
  return (
    <div>
      <div className="flex justify-between text-xs text-muted tabular-nums">
        <span>{label}</span>
        <span>
          {value}
          {unit}
        </span>
      </div>
      <Slider
        label={label}
        value={value}
        valueText={`${value}${unit}`}
        onChange={onChange}
        {...range}
      />
    </div>
  );
}

function Toggle(props: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <div className="flex items-center justify-between gap-3 text-sm">
      <span>{props.label}</span>
      <Switch {...props} />
    </div>
  );
}

function ColorPick(props: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <Field label={props.label} layout="column">
      {(ids) => (
        <input
          {...ids}
          type="color"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
          className="h-8 w-16 rounded-md bg-field p-1"
        />
      )}
    </Field>
  );
}
