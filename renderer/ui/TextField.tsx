import type { InputHTMLAttributes, Ref } from 'react';
import { classes } from './classes.ts';
import { Field, FIELD_LOOK } from './Field.tsx';

type TextFieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> & {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  layout?: 'column' | 'row';
  onChange?: (value: string) => void;
  ref?: Ref<HTMLInputElement>;
};

/** One line of text with its label. */
export function TextField({
  label,
  hint,
  error,
  layout = 'column',
  onChange,
  className,
  ref,
  ...rest
}: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} layout={layout} className={className ?? ''}>
      {(ids) => (
        <input
          ref={ref}
          type="text"
          dir="auto"
          spellCheck={false}
          autoComplete="off"
          {...rest}
          {...ids}
          aria-invalid={error !== undefined || undefined}
          onChange={(event) => onChange?.(event.target.value)}
          className={classes('h-8 w-full min-w-0 px-2.5', FIELD_LOOK)}
        />
      )}
    </Field>
  );
}
