import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { objectIdSchema, registerSchemas, trackKindSchema } from '../../model/entities.ts';
import { addTrack } from '../clips/clipPlacement.ts';
import { defineEdit } from '../definition.ts';
import { chosenIdSchema } from '../ids.ts';

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

/**
 * Changes what tracks are called, whether they are seen and heard, and how edits treat them; what is not given stays.
 * A locked track refuses every other edit and never moves. `muted` is what keeps a track out of the film, whatever it
 * holds: sound is not heard, pictures, titles and captions are not seen (the interface calls that hidden). Scope: these
 * tracks; what stands on them stays. Refuses `edit/wrong-track` for a language of anything but captions.
 */
export const trackSet = defineEdit({
  type: 'track.set',
  label: 'Change track',
  summary:
    'Changes tracks: name, mute (for pictures, titles and captions: hide), solo, lock, sync lock, height, language. What is not given stays.',
  parameters: {
    trackId: objectIdSchema,
    trackIds: z
      .array(objectIdSchema)
      .max(1_000)
      .default([])
      .describe('More tracks to change in the same way; the name is for the first only.'),
    name: z.string().trim().min(1).max(500).optional(),
    muted: z.boolean().optional().describe('Not heard; pictures, titles and captions: not seen.'),
    solo: z
      .boolean()
      .optional()
      .describe('While any track of its kind is solo, the others of the kind are as if muted.'),
    locked: z.boolean().optional(),
    syncLocked: z
      .boolean()
      .optional()
      .describe('Whether it moves along when edits on others push or pull what follows.'),
    height: registerSchemas.track.shape.height
      .nullable()
      .describe('On screen, in pixels; null: the usual one.'),
    language: registerSchemas.track.shape.language
      .unwrap()
      .nullable()
      .optional()
      .describe('Of captions (BCP 47, such as “en” or “pt-BR”); null: none.'),
  },
  apply(draft, command) {
    const { trackId, name, muted, solo, locked, syncLocked, height, language } = command;
    for (const id of new Set([trackId, ...command.trackIds])) {
      const track = draft.need('track', id);
      if (language !== undefined && track.trackKind !== 'caption') {
        refuse('edit/wrong-track', `Track “${track.name}” has no captions, so no language.`, {
          trackId: id,
        });
      }
      draft.set<'track'>(id, {
        ...(name === undefined || id !== trackId ? {} : { name }),
        ...(muted === undefined ? {} : { muted: muted || undefined }),
        ...(solo === undefined ? {} : { solo: solo || undefined }),
        ...(locked === undefined ? {} : { locked: locked || undefined }),
        ...(syncLocked === undefined ? {} : { syncLocked: syncLocked ? undefined : false }),
        ...(height === undefined ? {} : { height: height ?? undefined }),
        ...(language === undefined ? {} : { language: language ?? undefined }),
      });
    }
    return {};
  },
});
