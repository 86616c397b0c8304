import type { z } from 'zod';
import type { trimSchema } from '#core/contract/books.ts';

type Trim = {
  value: z.infer<typeof trimSchema>;
  label: string;
  /** Width by height. */
  shape: number;
};

export const DEFAULT_TRIM: Trim = { value: '6x9in', label: '6 × 9 in', shape: 6 / 9 };

/** Trim sizes by the names that printers use. */
export const TRIMS: readonly Trim[] = [
  { value: '5x8in', label: '5 × 8 in', shape: 5 / 8 },
  { value: '5.5x8.5in', label: '5.5 × 8.5 in', shape: 5.5 / 8.5 },
  DEFAULT_TRIM,
  { value: 'a5', label: 'A5', shape: 148 / 210 },
];
