import type { LucideIcon } from 'lucide-react';

type IconProps = {
  icon: LucideIcon;
  /** Side in CSS pixels at normal text size. */
  size?: number;
  className?: string;
};

/** An icon at the one stroke width, silent for screen readers: its button or text carries the words. */
export function Icon({ icon: Glyph, size = 16, className }: IconProps) {
  return (
    <Glyph
      aria-hidden="true"
      focusable="false"
      strokeWidth={1.75}
      absoluteStrokeWidth
      className={className ?? ''}
      style={{ width: `${size / 16}rem`, height: `${size / 16}rem`, flex: 'none' }}
    />
  );
}
