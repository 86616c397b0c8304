import { create } from 'zustand';
import type { Clipboard } from '#core/clipboard/clipboard.ts';
import { CLIP_PARAMETER_NAMES } from '#core/model/parameters.ts';
import { plural } from '../../ui/words.ts';

/** What of a copied clip the person is asked to choose from; null while they are not. */
export const usePasteAttributes = create<{ clipboard: Clipboard | null }>(() => ({
  clipboard: null,
}));

export type Attribute = 'parameters' | 'effects' | 'fades' | 'blend' | 'speed';

/** What a copied clip has to give, in words; whether there is anything of it. */
export type Offer = { which: Attribute; label: string; has: string; isThere: boolean };

/** What the clips on a clipboard have to give to others; empty when there are none. */
export function offersOf({ main }: Clipboard): Offer[] {
  const clips = main.items.filter((item) => item.kind === 'clip');
  if (clips.length === 0) return [];
  const set = new Set(
    clips.flatMap((clip) => CLIP_PARAMETER_NAMES.filter((name) => clip[name] !== undefined)),
  ).size;
  const effects = Math.max(...clips.map((clip) => clip.effects?.length ?? 0));
  const isFading = clips.some((clip) => clip.fades !== undefined);
  const blend = clips.find((clip) => clip.blend !== undefined)?.blend;
  const isRetimed = clips.some((clip) => clip.sourceRange.retime !== undefined);
  return [
    {
      which: 'parameters',
      label: 'Position, size, opacity and level',
      has: set === 0 ? 'As they are by default' : `${plural(set, 'value')} changed`,
      isThere: set > 0,
    },
    {
      which: 'effects',
      label: 'Effects',
      has: effects === 0 ? 'None' : `${effects}, added behind those that are there`,
      isThere: effects > 0,
    },
    { which: 'fades', label: 'Fades', has: isFading ? 'In and out' : 'None', isThere: isFading },
    {
      which: 'blend',
      label: 'Blend',
      has: blend === undefined || blend === 'normal' ? 'Normal' : blend.replace('-', ' '),
      isThere: blend !== undefined && blend !== 'normal',
    },
    {
      which: 'speed',
      label: 'Speed',
      has: isRetimed ? 'Changed' : 'As recorded',
      isThere: isRetimed,
    },
  ];
}
