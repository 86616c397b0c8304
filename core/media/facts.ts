import { z } from 'zod';
import { flicksSchema } from '../time/flicks.ts';
import { rateSchema } from '../time/rate.ts';

const colorSchema = z.object({
  primaries: z.string().optional(),
  transfer: z.string().optional(),
  matrix: z.string().optional(),
  range: z.string().optional(),
});

export const videoStreamSchema = z.object({
  index: z.int().min(0),
  kind: z.literal('video'),
  codec: z.string(),
  /** Coded size in pixels. */
  width: z.int().min(1),
  height: z.int().min(1),
  /** Size as seen: pixel aspect and rotation applied. */
  displayWidth: z.int().min(1),
  displayHeight: z.int().min(1),
  /** Clockwise turn in degrees that a player applies: 0, 90, 180 or 270. */
  rotation: z.int(),
  /** Average frames per second; absent for still pictures. */
  frameRate: rateSchema.optional(),
  /** True where the file says of all its pictures that they stand equally long; absent where that is not known. */
  isSteady: z.literal(true).optional(),
  /** As its decoder gives it; one with alpha for VP8 and VP9 that carry it beside their pictures. */
  pixelFormat: z.string().optional(),
  /** Which field of an interlaced picture is the earlier one; absent where pictures are whole, or nothing says so. */
  fieldOrder: z.enum(['top', 'bottom']).optional(),
  /** When its first picture stands, and when its last one ends as far as is known. */
  start: flicksSchema.optional(),
  end: flicksSchema.optional(),
  /** The unit of its times, in seconds. */
  timeBase: rateSchema.optional(),
  color: colorSchema,
});
export type VideoStream = z.infer<typeof videoStreamSchema>;

export const audioStreamSchema = z.object({
  index: z.int().min(0),
  kind: z.literal('audio'),
  codec: z.string(),
  sampleRateHz: z.int().min(1),
  channels: z.int().min(1),
  layout: z.string().optional(),
  /** When its first sample stands. */
  start: flicksSchema.optional(),
});
export type AudioStream = z.infer<typeof audioStreamSchema>;

/** What probing says about a media file. Times are counted from the container's first time stamp. */
export const mediaFactsSchema = z.object({
  mediaKind: z.enum(['video', 'audio', 'image']),
  container: z.string(),
  duration: flicksSchema,
  streams: z.array(z.discriminatedUnion('kind', [videoStreamSchema, audioStreamSchema])),
});
export type MediaFacts = z.infer<typeof mediaFactsSchema>;

/** The stream that is shown: the first picture stream. */
export function videoStreamOf(facts: MediaFacts): VideoStream | undefined {
  return facts.streams.find((stream) => stream.kind === 'video');
}

/** The stream that is heard: the first sound stream. */
export function audioStreamOf(facts: MediaFacts): AudioStream | undefined {
  return facts.streams.find((stream) => stream.kind === 'audio');
}
