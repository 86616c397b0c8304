import { CONTAINER_IDS, CONTAINERS } from '#core/render/formats.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import { TextField } from '../ui/TextField.tsx';
import { PictureSettings } from './PictureSettings.tsx';
import { Part, type SettingsProps } from './SettingsPart.tsx';
import { SoundSettings } from './SoundSettings.tsx';

/** Every setting of a film. Only what goes together can be chosen. */
export function FilmSettings(props: SettingsProps) {
  const { settings, onChange } = props;
  const container = CONTAINERS[settings.container];
  return (
    <div className="grid gap-4">
      <Part title="Format">
        <Select
          label="Container"
          value={settings.container}
          options={CONTAINER_IDS.map((id) => ({ value: id, label: CONTAINERS[id].name }))}
          onChange={(next) => onChange({ container: next })}
        />
      </Part>
      {settings.videoCodec !== 'none' && <PictureSettings {...props} />}
      {container.audio.length > 0 && <SoundSettings {...props} />}
      {settings.videoCodec !== 'none' && <Making {...props} />}
      {(container.hasMetadata || container.hasChapters) && <About {...props} />}
    </div>
  );
}

/** How much is made anew, and what makes it. */
function Making({ settings, onChange }: SettingsProps) {
  return (
    <Part title="How it is made">
      <Select
        label="What is unchanged"
        value={settings.mode}
        options={MODES}
        onChange={(mode) => onChange({ mode })}
      />
      <Select
        label="Encoder"
        value={settings.encoder}
        options={ENCODERS}
        onChange={(encoder) => onChange({ encoder })}
      />
    </Part>
  );
}

const MODES: readonly { value: ExportSettings['mode']; label: string }[] = [
  { value: 'auto', label: 'Copy it without loss where it can be' },
  { value: 'encode', label: 'Encode it as everything else' },
];

const ENCODERS: readonly { value: ExportSettings['encoder']; label: string }[] = [
  { value: 'software', label: 'Software: best picture for its size' },
  { value: 'hardware', label: 'Graphics chip: quicker, larger file' },
  { value: 'auto', label: 'Whichever is there' },
];

/** What the file says about itself. */
function About({ settings, onChange }: SettingsProps) {
  const container = CONTAINERS[settings.container];
  const { metadata } = settings;
  const told = (change: Partial<typeof metadata>) => {
    const next = { ...metadata, ...change };
    // A field that was emptied is not said, so that the usual stands in its place.
    onChange({
      metadata: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== '')),
    });
  };
  return (
    <Part title="About the film">
      {container.hasMetadata && (
        <>
          <TextField
            label="Title"
            value={metadata.title ?? ''}
            placeholder="The project’s name"
            onChange={(title) => told({ title })}
          />
          <TextField
            label="Author"
            value={metadata.author ?? ''}
            onChange={(author) => told({ author })}
          />
          <TextField
            label="Description"
            value={metadata.description ?? ''}
            className="md:col-span-2"
            onChange={(description) => told({ description })}
          />
        </>
      )}
      {container.hasChapters && (
        <div className="flex min-h-8 items-center justify-between gap-3 text-sm md:col-span-2">
          <span>Chapters from the chapter markers</span>
          <Switch
            label="Chapters from the chapter markers"
            checked={settings.chapters}
            onChange={(chapters) => onChange({ chapters })}
          />
        </div>
      )}
    </Part>
  );
}
