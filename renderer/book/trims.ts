import {
  DEFAULT_TRIM_SIZE,
  TRIM_NAMES,
  TRIM_SIZES,
  type TrimSize,
} from '#core/book/print/trims.ts';

type Trim = {
  value: TrimSize;
  label: string;
  /** Width by height. */
  shape: number;
};

/** Trim sizes by the names that printers use. */
export const TRIMS: readonly Trim[] = TRIM_NAMES.map((value) => {
  const { widthIn, heightIn } = TRIM_SIZES[value];
  const label = value === 'a5' ? 'A5' : `${widthIn} × ${heightIn} in`;
  return { value, label, shape: widthIn / heightIn };
});

/** A trim size by its name, or the usual one. */
export function trimOf(value: TrimSize = DEFAULT_TRIM_SIZE): Trim {
  const found = TRIMS.find((trim) => trim.value === value);
  return found ?? { value, label: value, shape: 5.5 / 8.5 };
}
