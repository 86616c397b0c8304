import { z } from 'zod';
import { timelineFormatSchema } from '../../model/entities.ts';
import { addTrack } from '../clips/clipPlacement.ts';
import { defineEdit } from '../definition.ts';
import { chosenIdSchema } from '../ids.ts';

/** Frames last from a thousandth of a second to a second, so that no count of them runs out of range. */
const formatSchema = timelineFormatSchema.refine(
  ({ frameRate }) => frameRate.num >= frameRate.den && frameRate.num <= 1000 * frameRate.den,
  'A timeline has 1 to 1000 frames per second.',
);

/** Makes an empty timeline with one track for picture and one for sound, or without tracks. */
export const timelineCreate = defineEdit({
  type: 'timeline.create',
  label: 'New timeline',
  summary: 'Makes an empty timeline with one video and one audio track, or without tracks.',
  parameters: {
    name: z.string().trim().min(1).max(500),
    format: formatSchema,
    tracks: z.enum(['picture-and-sound', 'none']).default('picture-and-sound'),
    timelineId: chosenIdSchema.optional().describe('Id for the new timeline; default: a new one.'),
  },
  apply(draft, command) {
    const { name, format } = command;
    const timelineId = draft.create('timeline', { name, format }, command.timelineId);
    if (command.tracks === 'none') return { timelineId };
    const timeline = draft.need('timeline', timelineId);
    return {
      timelineId,
      videoTrackId: addTrack(draft, timeline, 'video'),
      audioTrackId: addTrack(draft, timeline, 'audio'),
    };
  },
});
