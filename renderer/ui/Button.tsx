import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** `primary` is for the one next action of a screen. */
  look?: 'primary' | 'plain' | 'quiet' | 'danger';
  size?: 'small' | 'medium' | 'large';
  icon?: LucideIcon;
  ref?: Ref<HTMLButtonElement>;
};

const LOOKS = {
  primary: 'bg-accent text-on-accent font-medium hover:bg-accent-hover',
  plain:
    'bg-field text-strong hover:brightness-110 active:brightness-95 in-data-[theme=light]:ring-1 in-data-[theme=light]:ring-line in-data-[theme=light]:ring-inset in-data-[theme=light]:hover:brightness-97',
  quiet: 'text-muted hover:bg-hover hover:text-strong active:bg-pressed',
  danger: 'bg-danger-fill text-on-danger font-medium hover:brightness-110',
};
const SIZES = {
  small: 'h-6 px-2 text-xs gap-1.5 rounded-sm',
  medium: 'h-8 px-3 text-sm gap-2 rounded-md',
  large: 'h-10 px-4 text-base gap-2 rounded-md',
};

/** A button with words. For an icon alone use `IconButton`. */
export function Button({
  look = 'plain',
  size = 'medium',
  icon,
  className,
  children,
  ref,
  ...rest
}: ButtonProps) {
  return (
    <button
      ref={ref}
      type="button"
      {...rest}
      className={classes(
        'inline-flex items-center justify-center whitespace-nowrap transition-colors duration-120 disabled:pointer-events-none disabled:opacity-45',
        LOOKS[look],
        SIZES[size],
        className,
      )}
    >
      {icon && <Icon icon={icon} size={size === 'small' ? 14 : 16} />}
      {children}
    </button>
  );
}
