import { z } from 'zod';
import { objectIdSchema, registerSchemas } from '../model/entities.ts';

/** The most items that one clipboard holds, nested timelines included. */
export const MOST_COPIED_ITEMS = 20_000;
const MOST_TRACKS = 1_000;
const MOST_TIMELINES = 500;

const trackSchema = z.object({
  id: objectIdSchema,
  ...registerSchemas.track.omit({ timelineId: true, order: true }).shape,
  /** Which track of its kind it was, counted from the line between picture and sound: V1 and A1 are 0. */
  position: z.int().min(0).max(100_000),
});

/** An item as it was, with its track among those of the sheet. */
const itemSchema = z.discriminatedUnion('kind', [
  z.object({ id: objectIdSchema, kind: z.literal('clip'), ...registerSchemas.clip.shape }),
  z.object({ id: objectIdSchema, kind: z.literal('graphic'), ...registerSchemas.graphic.shape }),
  z.object({ id: objectIdSchema, kind: z.literal('cue'), ...registerSchemas.cue.shape }),
]);

const sheetParts = {
  format: registerSchemas.timeline.shape.format,
  /** Lowest first. */
  tracks: z.array(trackSchema).max(MOST_TRACKS),
  items: z.array(itemSchema).max(MOST_COPIED_ITEMS),
  transitions: z
    .array(z.object({ id: objectIdSchema, ...registerSchemas.transition.shape }))
    .max(MOST_COPIED_ITEMS),
  markers: z
    .array(z.object({ id: objectIdSchema, ...registerSchemas.marker.shape }))
    .max(MOST_COPIED_ITEMS),
};

const { name, markedRange } = registerSchemas.timeline.shape;

/**
 * Items on their way from one project to another: plain JSON that carries everything they need. The items of `main`
 * start as long after zero as they did after the earliest of them; nested timelines are whole.
 */
export const clipboardSchema = z.object({
  format: z.literal('inkreel/clipboard'),
  version: z.literal(1),
  main: z.object(sheetParts),
  timelines: z
    .array(z.object({ id: objectIdSchema, name, markedRange, ...sheetParts }))
    .max(MOST_TIMELINES),
  assets: z
    .array(z.object({ id: objectIdSchema, ...registerSchemas.asset.shape }))
    .max(MOST_COPIED_ITEMS),
});
export type Clipboard = z.infer<typeof clipboardSchema>;
export type Sheet = Clipboard['main'];
export type CopiedItem = Sheet['items'][number];
export type CopiedTrack = Sheet['tracks'][number];
export type CopiedTimeline = Clipboard['timelines'][number];
