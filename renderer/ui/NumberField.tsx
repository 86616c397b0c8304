import { Field } from './Field.tsx';
import { NumberInput } from './NumberInput.tsx';

type NumberFieldProps = {
  label: string;
  value: number;
  min?: number;
  max?: number;
  step?: number;
  /** Shown after the number: `px`, `dB`. */
  unit?: string;
  digits?: number;
  layout?: 'column' | 'row';
  hint?: string;
  disabled?: boolean;
  /** While the value is dragged, many times; `onCommit` once at the end. */
  onChange?: (value: number) => void;
  onCommit: (value: number) => void;
};

/** A number with its label, as `NumberInput` takes it. */
export function NumberField({ label, layout = 'row', hint, ...input }: NumberFieldProps) {
  return (
    <Field label={label} layout={layout} {...(hint !== undefined && { hint })}>
      {(ids) => <NumberInput {...input} {...ids} />}
    </Field>
  );
}
