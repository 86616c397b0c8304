import { z } from 'zod';
import { overlayFormatSchema, overlayPictureSchema } from './graphicKey.ts';

/** Name of the one composition that draws overlays. */
export const OVERLAY_COMPOSITION = 'overlay';

/** What that composition is given: its frame i draws picture i at this size. */
export const overlayPropsSchema = overlayFormatSchema.extend({
  pictures: z.array(overlayPictureSchema),
});
export type OverlayProps = z.infer<typeof overlayPropsSchema>;
