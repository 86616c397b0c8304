import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';
import { Tooltip } from './Tooltip.tsx';

type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> & {
  icon: LucideIcon;
  /** Says what it does; shown as a tooltip and read by screen readers. */
  label: string;
  keys?: string | undefined;
  size?: 'small' | 'medium';
  /** For a button that stays pressed; also announced. */
  pressed?: boolean | undefined;
  side?: 'top' | 'right' | 'bottom' | 'left';
  ref?: Ref<HTMLButtonElement>;
};

/** A button with an icon alone. */
export function IconButton({
  icon,
  label,
  keys,
  size = 'medium',
  pressed,
  side,
  className,
  ref,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys} {...(side && { side })}>
      <button
        ref={ref}
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        {...rest}
        className={classes(
          'inline-flex flex-none items-center justify-center rounded-md transition-colors duration-120 hover:bg-hover hover:text-strong active:bg-pressed disabled:pointer-events-none disabled:opacity-40',
          size === 'small' ? 'size-6' : 'size-8',
          pressed ? 'bg-accent-soft text-accent' : 'text-muted',
          className,
        )}
      >
        <Icon icon={icon} size={size === 'small' ? 14 : 16} />
      </button>
    </Tooltip>
  );
}
