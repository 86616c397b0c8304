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
import type { ExportPlan } from '#core/render/planExport.ts';
import { ZERO } from '#core/time/flicks.ts';

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

const decibels = (value: number) => 10 ** (value / 20);

/** Effects on sound as ffmpeg filters; their numbers stay the same for the whole clip. */
const SOUND_FILTERS: Readonly<Record<string, Form>> = {
  equalizer(values) {
    const number = (name: string) => numberOf(values, name);
    const filters = [1, 2, 3, 4].map(
      (band) =>
        `equalizer=f=${number(`band${band}Hz`)}:t=q:w=${number(`band${band}Q`)}:g=${number(`band${band}Gain`)}`,
    );
    return [
      ...(values.texts['highPass'] === 'on' ? [`highpass=f=${number('highPassHz')}`] : []),
      `lowshelf=f=${number('lowHz')}:g=${number('lowGain')}`,
      ...filters,
      `highshelf=f=${number('highHz')}:g=${number('highGain')}`,
      ...(values.texts['lowPass'] === 'on' ? [`lowpass=f=${number('lowPassHz')}`] : []),
    ];
  },
  compressor(values) {
    const number = (name: string) => numberOf(values, name);
    return [
      `acompressor=threshold=${decibels(number('threshold'))}:ratio=${number('ratio')}:attack=${number('attack')}:release=${number('release')}:knee=${Math.min(8, decibels(number('knee')))}:makeup=${decibels(number('makeup'))}:mix=${number('mix')}`,
    ];
  },
  limiter(values) {
    const number = (name: string) => numberOf(values, name);
    return [
      `alimiter=level_in=${decibels(number('input'))}:limit=${decibels(number('ceiling'))}:attack=${number('attack')}:release=${number('release')}:level=disabled:latency=1`,
    ];
  },
  gate(values) {
    const number = (name: string) => numberOf(values, name);
    return [
      `agate=threshold=${decibels(number('threshold'))}:range=${decibels(-number('reduction'))}:ratio=${number('ratio')}:attack=${number('attack')}:release=${number('release')}`,
    ];
  },
};

/** The filters of effects that pictures go through as they are decoded. */
export function decodingFilters(effects: readonly Effect[]): string[] {
  return filtersOf(effects, DECODING_FILTERS);
}

/** The filters of effects on sound. */
export function soundFilters(effects: readonly Effect[]): string[] {
  return filtersOf(effects, SOUND_FILTERS);
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
  for (const part of plan.sound) {
    for (const { clipId, effects } of part.effects ?? []) {
      const whose = clipId === part.clipId ? 'own' : 'nest';
      for (const effect of effects) refuseFor(project, clipId, effect, soundTrouble(effect, whose));
    }
  }
}

/** What hinders an effect on a picture; null where nothing does. */
function pictureTrouble(source: PictureSource, effect: Effect, index: number): string | null {
  if (hasPixelForm(effect.effect)) return null;
  if (!Object.hasOwn(DECODING_FILTERS, effect.effect)) return 'cannot be exported yet';
  if (source.content.kind === 'timeline') return 'cannot be exported on a nested timeline';
  const before = source.effects.slice(0, index);
  if (before.some((other) => hasPixelForm(other.effect)))
    return 'must stand before the other effects of its clip to be exported';
  const { strength = 1 } = effect.parameters;
  if (effect.effect === 'lut' && strength !== 1) return 'can be exported at full strength only';
  return null;
}

function soundTrouble(effect: Effect, whose: 'own' | 'nest'): string | null {
  if (!Object.hasOwn(SOUND_FILTERS, effect.effect)) return 'cannot be exported yet';
  // The parts of a nested timeline are mixed one by one; only what is linear may be done to each.
  if (whose === 'nest' && effect.effect !== 'equalizer')
    return 'cannot be exported on a nested timeline';
  const isAnimated = Object.values(effect.parameters).some((value) => typeof value === 'object');
  return isAnimated ? 'cannot be exported with keyframes' : null;
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
