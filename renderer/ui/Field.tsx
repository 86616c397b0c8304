import { type ReactNode, useId } from 'react';
import { classes } from './classes.ts';

type FieldProps = {
  label: string;
  /** One sentence under the control. */
  hint?: string | undefined;
  error?: string | undefined;
  /** `row` puts the label to the left, as inspectors do. */
  layout?: 'column' | 'row';
  className?: string;
  children: (ids: { id: string; 'aria-describedby': string | undefined }) => ReactNode;
};

/** A label, its control and the words below it, tied together for screen readers. */
export function Field({ label, hint, error, layout = 'column', className, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={classes(layout === 'row' ? FIELD_ROW : 'grid gap-1', className)}>
      <label htmlFor={id} className="truncate text-xs text-muted">
        {label}
      </label>
      {children({ id, 'aria-describedby': note === undefined ? undefined : `${id}-note` })}
      {note !== undefined && (
        <p
          id={`${id}-note`}
          className={classes(
            'text-xs',
            layout === 'row' && 'col-start-2 @max-[14rem]:col-start-1',
            error === undefined ? 'text-faint' : 'text-danger',
          )}
        >
          {note}
        </p>
      )}
    </div>
  );
}

/** A label with its control beside it; in a container that is too narrow for both, above it. */
export const FIELD_ROW =
  'grid grid-cols-[minmax(5rem,2fr)_3fr] items-center gap-x-3 gap-y-1 @max-[14rem]:grid-cols-1';

/** How a field looks, for controls that draw themselves. */
export const FIELD_LOOK =
  'rounded-md bg-field text-sm text-strong in-data-[theme=light]:ring-1 in-data-[theme=light]:ring-line in-data-[theme=light]:ring-inset aria-invalid:ring-1 aria-invalid:ring-danger disabled:opacity-45';
