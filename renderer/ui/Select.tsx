import { Field } from './Field.tsx';
import { SelectBox } from './SelectBox.tsx';

type SelectProps<T extends string> = {
  label: string;
  /** Null where several things have different values. */
  value: T | null;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  layout?: 'column' | 'row';
  hint?: string;
  disabled?: boolean;
};

/** One choice of a few, with its label. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { label, layout = 'column', hint, ...box } = props;
  return (
    <Field label={label} layout={layout} {...(hint !== undefined && { hint })}>
      {(ids) => <SelectBox {...box} {...ids} size={layout === 'row' ? 'small' : 'medium'} />}
    </Field>
  );
}
