import type { Loss } from '../contract/films.ts';
import { valueAt } from '../model/keyframes.ts';
import { ZERO } from '../time/flicks.ts';
import { type InterchangeClip, type InterchangeTrack, clipLabel } from './interchangeTimeline.ts';

/** What a clip may have beside its times, by the last part of its loss code, with the words for it. */
const FEATURES = {
  volume: 'The volume',
  pan: 'The place of the sound between left and right',
  opacity: 'The opacity',
  transform: 'Position, scale and rotation',
  crop: 'The crop',
  fades: 'Fading in and out',
  blend: 'The way the picture is blended with what is below it',
} as const;
export type ClipFeature = keyof typeof FEATURES;

/** The features of a clip that are not as recorded. */
export function featuresOf(clip: InterchangeClip): ClipFeature[] {
  const { parameters = {}, fades, blend } = clip;
  const has = (...names: (keyof typeof parameters)[]) =>
    names.some((name) => parameters[name] !== undefined);
  return [
    ...(has('gainDb') ? (['volume'] as const) : []),
    ...(has('pan') ? (['pan'] as const) : []),
    ...(has('opacity') ? (['opacity'] as const) : []),
    ...(has('positionX', 'positionY', 'scaleX', 'scaleY', 'rotation')
      ? (['transform'] as const)
      : []),
    ...(has('cropLeft', 'cropTop', 'cropRight', 'cropBottom') ? (['crop'] as const) : []),
    ...(fades === undefined || (fades.in === 0 && fades.out === 0) ? [] : (['fades'] as const)),
    ...(blend === undefined ? [] : (['blend'] as const)),
  ];
}

/**
 * A loss for each given feature of a clip. `noted` are those that this program will find again in its own file, where
 * other programs pass them over.
 */
export function featureLosses(
  track: InterchangeTrack,
  clip: InterchangeClip,
  features: readonly ClipFeature[],
  kept: 'noted' | 'left out',
): Loss[] {
  return features.map((feature) => {
    const gain = clip.parameters?.gainDb;
    const amount = feature === 'volume' && gain !== undefined ? ` (${valueAt(gain, ZERO)} dB)` : '';
    return {
      code: `interchange/${feature}`,
      where: clipLabel(track, clip),
      message:
        kept === 'noted'
          ? `${FEATURES[feature]}${amount} was noted for Inkreel; other programs use the clip as recorded.`
          : `${FEATURES[feature]}${amount} was left out. The clip is used as recorded.`,
    };
  });
}
