import type { Animated } from '../model/keyframes.ts';
import type { SourceRange } from '../model/sourceRange.ts';
import { decimalSeconds, type Flicks } from '../time/flicks.ts';
import { formatRate, frameStart, type Rate } from '../time/rate.ts';
import type { PictureLayer } from './pictureLayers.ts';
import { type PictureSource, sourceTime } from './pictureSource.ts';
import type { ExportPlan, Span } from './planExport.ts';
import type { MixPart, SoundLevel } from './soundParts.ts';

/** A plan as text, one line a span and a sound, for tests and for reading. */
export function formatPlan(plan: ExportPlan): string {
  const lines = [
    `film ${plan.width}x${plan.height} at ${formatRate(plan.frameRate)} fps, frames ${plan.startFrame}–${plan.endFrame}`,
    ...plan.spans.map((span) => formatSpan(span, plan.frameRate)),
    ...plan.nests.flatMap(({ timelineId, format, spans }) => [
      `timeline ${timelineId} ${format.width}x${format.height} at ${formatRate(format.frameRate)} fps`,
      ...spans.map((span) => formatSpan(span, format.frameRate)),
    ]),
    `sound at ${plan.sampleRateHz} Hz, samples ${plan.startSample}–${plan.endSample}`,
    ...plan.sound.flatMap(formatSound),
  ];
  return `${lines.join('\n')}\n`;
}

function formatSpan(span: Span, frameRate: Rate): string {
  const time = frameStart(span.startFrame, frameRate);
  const layers =
    span.layers.length === 0
      ? 'black'
      : span.layers.map((layer) => formatLayer(layer, time)).join(' + ');
  const overlays = span.overlays.map(
    (overlay) =>
      ` + ${overlay.template} ${overlay.itemId} ${overlay.startFrame}–${overlay.endFrame}`,
  );
  return `  ${span.startFrame}–${span.endFrame} ${span.kind}: ${layers}${overlays.join('')}`;
}

function formatLayer(layer: PictureLayer, time: Flicks): string {
  if (layer.kind === 'clip') return formatSource(layer.source, time);
  const { transition, direction, startFrame, durationFrames } = layer;
  const name = ['dissolve', 'dip'].includes(transition) ? transition : `${transition} ${direction}`;
  return `${name} ${startFrame}+${durationFrames} (${formatSource(layer.from, time)} → ${formatSource(layer.to, time)})`;
}

function formatSource(source: PictureSource, time: Flicks): string {
  const { content, fades } = source;
  const id = content.kind === 'asset' ? content.assetId : `timeline ${content.timelineId}`;
  return [
    `${id} from ${decimalSeconds(sourceTime(source, time))} s`,
    formatSpeed(source.range),
    ...Object.entries(source.parameters).map(([name, value]) => ` ${name} ${formatValue(value)}`),
    fades ? ` fades ${decimalSeconds(fades.in)}/${decimalSeconds(fades.out)}` : '',
    source.blend === 'normal' ? '' : ` ${source.blend}`,
    ...source.effects.map(({ effect }) => ` effect ${effect}`),
  ].join('');
}

function formatSpeed({ retime }: SourceRange): string {
  if (retime === undefined) return '';
  if (retime.kind === 'curve') return ` along ${retime.keys.length} keys`;
  return ` at ${retime.speed.num}/${retime.speed.den}`;
}

function formatValue(value: Animated): string {
  if (typeof value === 'number') return String(value);
  return value.keyframes
    .map((keyframe) => `${keyframe.value}@${decimalSeconds(keyframe.time)}`)
    .join('→');
}

function formatSound(part: MixPart): string[] {
  if ('assetId' in part) return [formatPart(part, part.assetId)];
  const { timelineId, parts } = part.nest;
  return [
    formatPart(part, `timeline ${timelineId}`),
    ...parts.flatMap(formatSound).map((line) => `  ${line}`),
  ];
}

function formatPart(part: MixPart, source: string): string {
  return [
    `  ${part.startSample}–${part.endSample} ${source} from ${decimalSeconds(part.sourceIn)} s`,
    part.retime ? formatSpeed(part.retime.range) : '',
    part.gain === 1 ? '' : `, × ${part.gain.toFixed(4)}`,
    part.fadeInSamples > 0 ? `, in ${part.fadeInSamples}` : '',
    part.fadeOutSamples > 0 ? `, out ${part.fadeOutSamples}` : '',
    ...(part.levels ?? []).map(formatLevel),
    ...(part.effects ?? []).flatMap(({ effects }) =>
      effects.map(({ effect }) => `, effect ${effect}`),
    ),
  ].join('');
}

function formatLevel({ gainDb, pan, fades }: SoundLevel): string {
  return [
    gainDb === undefined ? '' : `, gain ${formatValue(gainDb)}`,
    pan === undefined ? '' : `, pan ${formatValue(pan)}`,
    fades ? `, fades ${decimalSeconds(fades.in)}/${decimalSeconds(fades.out)}` : '',
  ].join('');
}
