import {
  CONTAINERS,
  ENCODER_SPEEDS,
  type QualityScale,
  VIDEO_CODECS,
} from '#core/render/formats.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { hasHighRange } from '#core/render/outputLimits.ts';
import { Field } from '../ui/Field.tsx';
import { NumberInput } from '../ui/NumberInput.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Select } from '../ui/Select.tsx';
import { Slider } from '../ui/Slider.tsx';
import {
  rateChoices,
  rateOfKey,
  sizeChoices,
  sizeKey,
  sizeOfKey,
  TIMELINE_RATE,
} from './filmChoices.ts';
import { Choice } from './Choice.tsx';
import { canBeClear } from './filmDraft.ts';
import { Part, type SettingsProps } from './SettingsPart.tsx';

const SPEEDS: Readonly<Record<ExportSettings['encoderPreset'], string>> = {
  ultrafast: 'Fastest, largest file',
  superfast: 'Super fast',
  veryfast: 'Very fast',
  faster: 'Faster',
  fast: 'Fast (usual)',
  medium: 'Medium',
  slow: 'Slow',
  slower: 'Slowest, smallest file',
};

/** How the picture is written. */
export function PictureSettings({ settings, format, onChange }: SettingsProps) {
  const { videoCodec, videoProfile, frameRate } = settings;
  if (videoCodec === 'none') return null;
  const codec = VIDEO_CODECS[videoCodec];
  const container = CONTAINERS[settings.container];
  const size = {
    width: settings.width ?? format.width,
    height: settings.height ?? format.height,
  };
  return (
    <Part title="Picture">
      <Select
        label="Codec"
        value={videoCodec}
        options={container.video.map((id) => ({ value: id, label: VIDEO_CODECS[id].name }))}
        onChange={(next) => onChange({ videoCodec: next })}
        hint={
          container.video.length > 1
            ? ''
            : `${container.name} holds ${codec.name} and nothing else.`
        }
      />
      {codec.profiles.length > 0 && (
        <Select
          label="Variant"
          value={videoProfile ?? null}
          options={codec.profiles.map(({ id, name, bitDepth }) => ({
            value: id,
            label: `${name} (${bitDepth} bit)`,
          }))}
          onChange={(next) => onChange({ videoProfile: next })}
        />
      )}
      {codec.hasSpeed && (
        <Select
          label="Speed"
          value={settings.encoderPreset}
          options={ENCODER_SPEEDS.map((id) => ({ value: id, label: SPEEDS[id] }))}
          onChange={(encoderPreset) => onChange({ encoderPreset })}
        />
      )}
      {codec.quality !== null && (
        <Quality {...{ settings, format, onChange }} scale={codec.quality} />
      )}
      <Select
        label="Size"
        value={sizeKey(size)}
        options={sizeChoices(format, size)}
        onChange={(key) => onChange(sizeOfKey(key))}
      />
      <Select
        label="Frame rate"
        value={frameRate === undefined ? TIMELINE_RATE : `${frameRate.num}/${frameRate.den}`}
        options={rateChoices(format.frameRate, codec.maxFrameRate, frameRate)}
        onChange={(key) => onChange({ frameRate: rateOfKey(key) })}
      />
      {codec.pixelFormats[10] !== undefined && codec.pixelFormats[8] !== undefined && (
        <Choice
          label="Depth"
          value={String(settings.bitDepth)}
          options={[
            { value: '8', label: '8 bit' },
            { value: '10', label: '10 bit' },
          ]}
          onChange={(depth) => onChange({ bitDepth: depth === '10' ? 10 : 8 })}
        />
      )}
      {hasHighRange(videoCodec) && (
        <Choice
          label="Range of light"
          value={settings.dynamicRange}
          options={[
            { value: 'standard', label: 'Standard' },
            { value: 'hlg', label: 'HLG' },
            { value: 'pq', label: 'HDR10 (PQ)' },
          ]}
          onChange={(dynamicRange) => onChange({ dynamicRange })}
        />
      )}
      {canBeClear(videoCodec) && (
        <Choice
          label="Background"
          value={settings.background}
          options={[
            { value: 'black', label: 'Black' },
            { value: 'clear', label: 'Clear' },
          ]}
          onChange={(background) => onChange({ background })}
        />
      )}
    </Part>
  );
}

/** A quality that is kept, or a bit rate that is. */
function Quality({ settings, scale, onChange }: SettingsProps & { scale: QualityScale }) {
  const { crf, videoBitrateKbps, videoCodec } = settings;
  const hasBitrate = videoCodec !== 'none' && VIDEO_CODECS[videoCodec].hasBitrate;
  const value = crf ?? scale.high;
  const words = qualityWords(scale, value);
  return (
    <div className="grid justify-items-start gap-2 md:col-span-2">
      {hasBitrate && (
        <Segmented
          label="What is kept"
          size="small"
          value={videoBitrateKbps === undefined ? 'quality' : 'bitrate'}
          options={[
            { value: 'quality', label: 'Even quality' },
            { value: 'bitrate', label: 'Bit rate' },
          ]}
          onChange={(kept) =>
            onChange(kept === 'quality' ? { crf: scale.high } : { videoBitrateKbps: 8000 })
          }
        />
      )}
      {videoBitrateKbps === undefined ? (
        <div className="grid w-full gap-1">
          <p className="flex items-baseline justify-between gap-3 text-xs">
            <span className="text-muted">Quality</span>
            <span className="tabular-nums">
              {words} · {value}
            </span>
          </p>
          <Slider
            label="Quality"
            // To the right is better, though the number falls.
            value={scale.max + scale.min - value}
            min={scale.min}
            max={scale.max}
            valueText={`${words}, ${value}`}
            onChange={(next) => onChange({ crf: scale.max + scale.min - next })}
          />
          <p aria-hidden="true" className="flex justify-between text-xs text-faint">
            <span>Small file</span>
            <span>Best picture</span>
          </p>
        </div>
      ) : (
        <Field label="Bit rate" layout="column" className="max-w-52">
          {(ids) => (
            <NumberInput
              {...ids}
              value={videoBitrateKbps}
              min={50}
              max={800_000}
              step={500}
              typedStep={1}
              unit="kb/s"
              onCommit={(next) => onChange({ videoBitrateKbps: next })}
            />
          )}
        </Field>
      )}
    </div>
  );
}

function qualityWords(scale: QualityScale, value: number): string {
  if (value <= scale.archive) return 'Archive: no loss to be seen, large';
  if (value <= scale.high) return 'High: hard to tell from the source';
  if (value <= scale.medium) return 'Medium: good on a screen';
  if (value <= scale.small) return 'Low: loss is seen where much moves';
  return 'Rough: only to show the cut';
}
