import { CircleAlert } from 'lucide-react';
import type { ExportSettings } from '#core/render/settings.ts';
import { Icon } from '../ui/Icon.tsx';
import { Segmented } from '../ui/Segmented.tsx';

type MissingMediaProps = {
  /** Names of the files that are nowhere. */
  names: readonly string[];
  value: ExportSettings['offline'];
  onChange: (value: ExportSettings['offline']) => void;
};

const SHOWN = 3;

/** Which files of the film are missing, and what is to become of them. */
export function MissingMedia({ names, value, onChange }: MissingMediaProps) {
  const shown = names.slice(0, SHOWN).join(', ');
  const more = names.length - SHOWN;
  return (
    <section
      aria-label="Missing media"
      className="grid justify-items-start gap-2 rounded-md bg-danger-soft px-3 py-2.5"
    >
      <p className="flex items-start gap-2 text-sm">
        <Icon icon={CircleAlert} className="mt-0.5 flex-none text-danger" />
        <span className="wrap-anywhere">
          {names.length === 1
            ? 'A file of the film is missing'
            : `${names.length} files of the film are missing`}
          : {shown}
          {more > 0 ? ` and ${more} more` : ''}. Find {names.length === 1 ? 'it' : 'them'} in the
          media list, or export with slates in place.
        </span>
      </p>
      <Segmented
        label="What becomes of missing media"
        size="small"
        value={value}
        options={[
          { value: 'refuse', label: 'Do not export' },
          { value: 'slate', label: 'Slates in their place' },
        ]}
        onChange={onChange}
      />
    </section>
  );
}
