import { effectNamed } from '#core/effects/effects.ts';
import { refuse } from '#core/fault.ts';
import type { Effect } from '#core/model/effects.ts';
import type { ProjectReader } from '#core/model/project.ts';
import {
  type EffectValues,
  effectValues,
  numberOf,
} from '#core/render/pixelEffects/effectValues.ts';
import { hasPixelForm } from '#core/render/pixelEffects/pixelEffects.ts';
import { sourcesOf } from '#core/render/pictureLayers.ts';
import type { PictureSource } from '#core/render/pictureSource.ts';
import { STABILIZE } from '#core/render/steady/steadyPictures.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import type { MixPart } from '#core/render/soundParts.ts';
import { ZERO } from '#core/time/flicks.ts';
import { canBeHeard } from './sound/effectStages.ts';

type Form = (values: EffectValues) => string[];

/**
 * Effects that need pictures next to each other or a file: ffmpeg filters that the pictures of an asset go through as
 * they are decoded, before everything else.
 */
const DECODING_FILTERS: Readonly<Record<string, Form>> = {
  deinterlace({ texts }) {
    const parity = { 'as recorded': 'auto', top: 'tff', bottom: 'bff' }[texts['fields'] ?? ''];
    const which = texts['frames'] === 'all' ? 'all' : 'interlaced';
    return [`${texts['method'] ?? ''}=mode=send_frame:parity=${parity ?? 'auto'}:deint=${which}`];
  },
  denoise(values) {
    const spatial = numberOf(values, 'spatial');
    const temporal = numberOf(values, 'temporal');
    if (values.texts['method'] === 'thorough') return [`nlmeans=s=${Math.max(1, spatial)}`];
    return [`hqdn3d=${spatial}:${spatial * 0.75}:${temporal}:${temporal * 0.75}`];
  },
  lut({ texts }) {
    const file = texts['file'] ?? '';
    const interpolation = texts['interpolation'] ?? 'tetrahedral';
    return file === '' ? [] : [`lut3d=file=${escaped(file)}:interp=${interpolation}`];
  },
};

/** The filters of effects that pictures go through as they are decoded. */
export function decodingFilters(effects: readonly Effect[]): string[] {
  return filtersOf(effects, DECODING_FILTERS);
}

function filtersOf(effects: readonly Effect[], forms: Readonly<Record<string, Form>>): string[] {
  return effects.flatMap((effect) => {
    const form = Object.hasOwn(forms, effect.effect) ? forms[effect.effect] : undefined;
    const values = effectValues(effect, ZERO);
    return form && values ? form(values) : [];
  });
}

/**
 * Refuses `export/effect-unavailable` for the first effect of a film that cannot be drawn or heard as it is set.
 */
export function refuseUnavailableEffects(project: ProjectReader, plan: ExportPlan): void {
  const spans = [...plan.spans, ...plan.nests.flatMap((nest) => nest.spans)];
  for (const source of spans.flatMap((span) => span.layers.flatMap(sourcesOf))) {
    source.effects.forEach((effect, index) => {
      refuseFor(project, source.clipId, effect, pictureTrouble(source, effect, index));
    });
  }
  refuseUnheardEffects(project, plan.sound);
}

function refuseUnheardEffects(project: ProjectReader, parts: readonly MixPart[]): void {
  for (const part of parts) {
    for (const { clipId, effects } of part.effects ?? []) {
      for (const effect of effects) {
        const trouble = canBeHeard(effect) ? null : 'cannot be exported yet';
        refuseFor(project, clipId, effect, trouble);
      }
    }
    if ('nest' in part) refuseUnheardEffects(project, part.nest.parts);
  }
}

/** What hinders an effect on a picture; null where nothing does. */
function pictureTrouble(source: PictureSource, effect: Effect, index: number): string | null {
  if (hasPixelForm(effect.effect)) return null;
  const isSteadying = effect.effect === STABILIZE;
  if (!isSteadying && !Object.hasOwn(DECODING_FILTERS, effect.effect))
    return 'cannot be exported yet';
  if (source.content.kind === 'timeline') return 'cannot be exported on a nested timeline';
  const before = source.effects.slice(0, index);
  if (before.some((other) => hasPixelForm(other.effect)))
    return 'must stand before the other effects of its clip to be exported';
  const { strength = 1, borders } = effect.parameters;
  if (isSteadying && borders === 'keep') return 'cannot be exported with its borders kept';
  if (effect.effect === 'lut' && strength !== 1) return 'can be exported at full strength only';
  return null;
}

function refuseFor(
  project: ProjectReader,
  clipId: string,
  effect: Effect,
  trouble: string | null,
): void {
  if (trouble === null) return;
  const label = effectNamed(effect.effect)?.label ?? effect.effect;
  const clip = project.find('clip', clipId)?.name ?? '';
  refuse(
    'export/effect-unavailable',
    `The effect “${label}” of the clip “${clip}” ${trouble}. Switch it off or change it, then export again.`,
    { clipId, effectId: effect.id, effect: effect.effect },
  );
}

/** A path as the value of a filter's option: escaped for the option, then for the graph. */
function escaped(path: string): string {
  const option = path.replace(/[\\':]/g, '\\$&');
  return option.replace(/[\\'[\],;]/g, '\\$&');
}
