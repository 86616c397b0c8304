import type { TextareaHTMLAttributes } from 'react';
import { classes } from './classes.ts';
import { Field, FIELD_LOOK } from './Field.tsx';

type TextAreaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'> & {
  label: string;
  hint?: string;
  onChange: (value: string) => void;
};

/** Some lines of text with their label. */
export function TextArea({ label, hint, onChange, className, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} className={className ?? ''}>
      {(ids) => (
        <textarea
          dir="auto"
          {...rest}
          {...ids}
          onChange={(event) => onChange(event.target.value)}
          className={classes('w-full resize-y px-2.5 py-1.5', FIELD_LOOK)}
        />
      )}
    </Field>
  );
}
