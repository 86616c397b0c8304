import type { TimelineFormat } from '#core/model/entities.ts';
import { settingsOfPreset } from '#core/render/presets.ts';
import { classes } from '../ui/classes.ts';
import { CUSTOM, presetGroups, specText } from './filmDraft.ts';

type PresetListProps = {
  value: string;
  format: TimelineFormat;
  onChange: (presetId: string) => void;
};

const GROUPS = presetGroups();

/** What a film can be made for, each with what it makes. */
export function PresetList({ value, format, onChange }: PresetListProps) {
  return (
    <div
      role="radiogroup"
      aria-label="Preset"
      className="grid grid-cols-[minmax(0,1fr)] content-start gap-3"
    >
      {GROUPS.map(({ name, presets }) => (
        <div key={name} role="group" aria-label={name} className="grid grid-cols-[minmax(0,1fr)]">
          <p aria-hidden="true" className="px-3 pb-0.5 text-xs text-faint">
            {name}
          </p>
          {presets.map((preset) => {
            const settings = settingsOfPreset(preset.id, format);
            return (
              <Choice
                key={preset.id}
                id={preset.id}
                name={preset.name}
                note={settings === null ? '' : specText(settings, format)}
                isChosen={preset.id === value}
                onChoose={onChange}
              />
            );
          })}
        </div>
      ))}
      <Choice
        id={CUSTOM}
        name="Custom"
        note="Settings of your own"
        isChosen={value === CUSTOM}
        onChoose={onChange}
      />
    </div>
  );
}

type ChoiceProps = {
  id: string;
  name: string;
  note: string;
  isChosen: boolean;
  onChoose: (id: string) => void;
};

function Choice({ id, name, note, isChosen, onChoose }: ChoiceProps) {
  return (
    <label
      className={classes(
        'relative block rounded-md px-3 py-1 has-focus-visible:outline-2 has-focus-visible:outline-focus',
        isChosen ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <input
        type="radio"
        name="preset"
        value={id}
        checked={isChosen}
        onChange={() => onChoose(id)}
        className="absolute opacity-0"
      />
      <span className="block text-sm font-medium">{name}</span>
      <span className="block truncate text-xs text-muted" title={note}>
        {note}
      </span>
    </label>
  );
}
