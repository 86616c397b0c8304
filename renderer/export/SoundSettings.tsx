import { AUDIO_CODECS, CONTAINERS } from '#core/render/formats.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { Field } from '../ui/Field.tsx';
import { NumberInput } from '../ui/NumberInput.tsx';
import { Select } from '../ui/Select.tsx';
import { Choice } from './Choice.tsx';
import { lufsText } from './filmDraft.ts';
import { Part, type SettingsProps } from './SettingsPart.tsx';

const AS_MIXED = 'as-mixed';

const LOUDNESSES: readonly { lufs: number; use: string }[] = [
  { lufs: -14, use: 'the web' },
  { lufs: -16, use: 'podcasts' },
  { lufs: -23, use: 'broadcast' },
];

/** As mixed, the usual targets, and the present one wherever it comes from. */
function loudnessChoices(current: number | undefined): { value: string; label: string }[] {
  const isUsual = LOUDNESSES.some(({ lufs }) => lufs === current);
  return [
    { value: AS_MIXED, label: 'As mixed' },
    ...LOUDNESSES.map(({ lufs, use }) => ({
      value: String(lufs),
      label: `${lufsText(lufs)}, as for ${use}`,
    })),
    ...(current === undefined || isUsual
      ? []
      : [{ value: String(current), label: lufsText(current) }]),
  ];
}

/** How the sound is written. */
export function SoundSettings({ settings, onChange }: SettingsProps) {
  const { audioCodec, audioBitrateKbps, audioChannels, loudness } = settings;
  const container = CONTAINERS[settings.container];
  const codecs: { value: ExportSettings['audioCodec']; label: string }[] = [
    ...container.audio.map((id) => ({ value: id, label: AUDIO_CODECS[id].name })),
    // A file needs one of the two.
    ...(container.video.length > 0 ? [{ value: 'none' as const, label: 'No sound' }] : []),
  ];
  const bitrate = audioCodec === 'none' ? null : AUDIO_CODECS[audioCodec].bitrate;
  return (
    <Part title="Sound">
      <Select
        label="Sound codec"
        value={audioCodec}
        options={codecs}
        onChange={(next) => onChange({ audioCodec: next })}
      />
      {bitrate !== null && (
        <Field label="Sound bit rate">
          {(ids) => (
            <NumberInput
              {...ids}
              value={audioBitrateKbps ?? bitrate.usual}
              min={bitrate.min}
              max={bitrate.max}
              step={16}
              typedStep={1}
              unit="kb/s"
              onCommit={(next) => onChange({ audioBitrateKbps: next })}
            />
          )}
        </Field>
      )}
      {audioCodec !== 'none' && (
        <Select
          label="Loudness"
          value={loudness === undefined ? AS_MIXED : String(loudness.targetLufs)}
          options={loudnessChoices(loudness?.targetLufs)}
          onChange={(next) =>
            onChange({
              loudness:
                next === AS_MIXED ? undefined : { targetLufs: Number(next), truePeakDb: -1 },
            })
          }
        />
      )}
      {audioCodec !== 'none' && (
        <Choice
          label="Channels"
          value={String(audioChannels)}
          options={[
            { value: '2', label: 'Stereo' },
            { value: '1', label: 'Mono' },
          ]}
          onChange={(channels) => onChange({ audioChannels: channels === '1' ? 1 : 2 })}
        />
      )}
    </Part>
  );
}
