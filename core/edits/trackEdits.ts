import { z } from 'zod';
import { objectIdSchema, trackKindSchema } from '../model/entities.ts';
import { addTrack } from './clipPlacement.ts';
import { defineEdit } from './definition.ts';
import { chosenIdSchema } from './ids.ts';

/** Adds an empty track: sound below the others, everything else above. */
export const trackAdd = defineEdit({
  type: 'track.add',
  label: 'Add track',
  summary: 'Adds an empty track: sound below the others of the timeline, everything else above.',
  parameters: {
    timelineId: objectIdSchema,
    trackKind: trackKindSchema,
    name: z.string().trim().min(1).max(500).optional(),
    trackId: chosenIdSchema.optional().describe('Id for the new track; default: a new one.'),
  },
  apply(draft, command) {
    const timeline = draft.need('timeline', command.timelineId);
    return { trackId: addTrack(draft, timeline, command.trackKind, command) };
  },
});

/** Names, mutes (hides) or locks a track. A locked track refuses every other edit. */
export const trackSet = defineEdit({
  type: 'track.set',
  label: 'Change track',
  summary: 'Names, mutes (for picture: hides) or locks a track; what is not given stays.',
  parameters: {
    trackId: objectIdSchema,
    name: z.string().trim().min(1).max(500).optional(),
    muted: z.boolean().optional(),
    locked: z.boolean().optional(),
  },
  apply(draft, command) {
    const track = draft.need('track', command.trackId);
    const { name = track.name, muted = track.muted, locked = track.locked } = command;
    draft.set<'track'>(track.id, { name, muted: muted || undefined, locked: locked || undefined });
    return {};
  },
});
