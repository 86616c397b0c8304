import { decimalSeconds } from '../time/flicks.ts';
import { formatRate } from '../time/rate.ts';
import type { PictureLayer, PictureSource } from './pictureLayers.ts';
import type { ExportPlan, Span } from './planExport.ts';

/** A plan as text, one line a span and a sound, for tests and for reading. */
export function formatPlan(plan: ExportPlan): string {
  const lines = [
    `film ${plan.width}x${plan.height} at ${formatRate(plan.frameRate)} fps, frames ${plan.startFrame}–${plan.endFrame}`,
    ...plan.spans.map(formatSpan),
    `sound at ${plan.sampleRateHz} Hz, samples ${plan.startSample}–${plan.endSample}`,
    ...plan.sound.map((part) => {
      const fades = `${part.fadeInSamples > 0 ? `, in ${part.fadeInSamples}` : ''}${part.fadeOutSamples > 0 ? `, out ${part.fadeOutSamples}` : ''}`;
      const gain = part.gain === 1 ? '' : `, × ${part.gain.toFixed(4)}`;
      return `  ${part.startSample}–${part.endSample} ${part.assetId} from ${decimalSeconds(part.sourceIn)} s${gain}${fades}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function formatSpan(span: Span): string {
  const layers = span.layers.length === 0 ? 'black' : span.layers.map(formatLayer).join(' + ');
  const overlays = span.overlays.map(
    (overlay) =>
      ` + ${overlay.template} ${overlay.itemId} ${overlay.startFrame}–${overlay.endFrame}`,
  );
  return `  ${span.startFrame}–${span.endFrame} ${span.kind}: ${layers}${overlays.join('')}`;
}

function formatLayer(layer: PictureLayer): string {
  return layer.kind === 'clip'
    ? formatSource(layer.source)
    : `dissolve ${layer.startFrame}+${layer.durationFrames} (${formatSource(layer.from)} → ${formatSource(layer.to)})`;
}

function formatSource(source: PictureSource): string {
  return `${source.assetId} from ${decimalSeconds(source.sourceIn)} s`;
}
