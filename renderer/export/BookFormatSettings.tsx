import { useId } from 'react';
import { type BookFormat, isNarrated } from '#core/contract/books.ts';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import { type BookFormatOptions, canBeVertical } from './bookFormatOptions.ts';

type BookFormatSettingsProps = {
  format: BookFormat;
  language: string;
  options: BookFormatOptions;
  onChange: (options: BookFormatOptions) => void;
};

const FONTS = [
  { value: 'times', label: 'Times New Roman' },
  { value: 'courier', label: 'Courier New' },
] as const;

const EMPHASES = [
  { value: 'italic', label: 'Italic' },
  { value: 'underline', label: 'Underlined' },
] as const;

/** What can be asked of a book in one format or another. */
export function BookFormatSettings(props: BookFormatSettingsProps) {
  const { format, language, options, onChange } = props;
  return (
    <div className="grid gap-3">
      {format === 'docx' && (
        <div className="grid grid-cols-2 gap-3">
          <Select
            label="Font"
            value={options.font}
            options={FONTS}
            onChange={(font) => onChange({ ...options, font })}
          />
          <Select
            label="Emphasis"
            value={options.emphasis}
            options={EMPHASES}
            onChange={(emphasis) => onChange({ ...options, emphasis })}
          />
        </div>
      )}
      <div className="grid gap-2">
        {format === 'epub' && (
          <SwitchRow
            label="Page numbers of the print edition"
            checked={options.pageNumbers}
            onChange={(pageNumbers) => onChange({ ...options, pageNumbers })}
          />
        )}
        {format === 'epub' && canBeVertical(language) && (
          <SwitchRow
            label="Lines from top to bottom"
            checked={options.vertical}
            onChange={(vertical) => onChange({ ...options, vertical })}
          />
        )}
        {!isNarrated(format) && (
          <SwitchRow
            label="Report of what was checked, beside the book"
            checked={options.report}
            onChange={(report) => onChange({ ...options, report })}
          />
        )}
      </div>
    </div>
  );
}

type SwitchRowProps = { label: string; checked: boolean; onChange: (checked: boolean) => void };

function SwitchRow({ label, checked, onChange }: SwitchRowProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-2 text-sm">
      <Switch id={id} label={label} checked={checked} onChange={onChange} />
      <label htmlFor={id}>{label}</label>
    </div>
  );
}
