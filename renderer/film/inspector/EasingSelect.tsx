import type { Easing } from '#core/model/keyframes.ts';
import { SelectBox } from '../../ui/SelectBox.tsx';
import { EASING_WORDS, type EasingName, easingName, easingNamed } from './easingWords.ts';

type EasingSelectProps = {
  label: string;
  /** Null where several differ. */
  value: Easing | null;
  /** Names that cannot be chosen here. */
  without?: readonly EasingName[];
  disabled?: boolean;
  onChange: (easing: Easing) => void;
};

/** The ways from one keyframe to the next, by name. */
export function EasingSelect({ label, value, without = [], ...props }: EasingSelectProps) {
  const names = Object.keys(EASING_WORDS) as EasingName[];
  return (
    <SelectBox<EasingName>
      aria-label={label}
      value={value === null ? null : easingName(value)}
      options={names
        .filter((name) => !without.includes(name))
        .map((name) => ({ value: name, label: EASING_WORDS[name] }))}
      disabled={props.disabled ?? false}
      onChange={(name) => props.onChange(easingNamed(name))}
    />
  );
}
