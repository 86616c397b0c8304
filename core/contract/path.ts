import { z } from 'zod';

/** A path on this computer as a caller names it: not empty, of bounded length, without NUL, which no system takes. */
export const pathSchema = z
  .string()
  .min(1)
  .max(8_192)
  .refine((path) => !path.includes('\0'), 'A path holds no NUL.');
