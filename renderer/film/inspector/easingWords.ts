import { type Easing, NAMED_EASINGS } from '#core/model/keyframes.ts';
import { sameEasing } from './parameterReading.ts';

export type EasingName = keyof typeof NAMED_EASINGS | 'custom';

/** How a value goes to its next keyframe, for menus. */
export const EASING_WORDS: Record<EasingName, string> = {
  linear: 'Evenly',
  hold: 'Hold',
  'ease-in': 'Ease in',
  'ease-out': 'Ease out',
  'ease-in-out': 'Ease in and out',
  custom: 'Own curve',
};

/** Where an own curve begins: eased at both ends, more than the named one. */
const FIRST_CURVE = [0.7, 0, 0.3, 1] as const;

/** What an easing is called; `custom` for a curve without a name. */
export function easingName(easing: Easing): EasingName {
  const found = Object.entries<Easing>(NAMED_EASINGS).find(([, named]) =>
    sameEasing(named, easing),
  );
  return found === undefined ? 'custom' : (found[0] as EasingName);
}

/** The easing of a name; for a curve of one’s own, one to begin with. */
export function easingNamed(name: EasingName): Easing {
  const named: Easing | readonly number[] = name === 'custom' ? FIRST_CURVE : NAMED_EASINGS[name];
  return typeof named === 'string' ? named : curveOf(named);
}

/** The control points of an easing, for the editor of curves; even ways and holds have those of a straight line. */
export function curveOf(easing: Easing | readonly number[]): [number, number, number, number] {
  const [x1 = 0, y1 = 0, x2 = 1, y2 = 1] = typeof easing === 'string' ? [] : easing;
  return [x1, y1, x2, y2];
}
