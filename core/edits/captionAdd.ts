import { z } from 'zod';
import { objectIdSchema } from '../model/entities.ts';
import { timeInputSchema } from '../time/timeInput.ts';
import { durationOn, timeOn } from './arrange.ts';
import { findTrack } from './clipPlacement.ts';
import { defineEdit } from './definition.ts';

/** Adds one caption to a caption track. Refuses `edit/overlap` where another caption stands. */
export const captionAdd = defineEdit({
  type: 'caption.add',
  label: 'Add caption',
  summary:
    'Adds a caption to a caption track, which is made if there is none. Nothing else changes.',
  parameters: {
    timelineId: objectIdSchema,
    at: timeInputSchema,
    duration: timeInputSchema,
    text: z.string().trim().min(1).max(400),
    trackId: objectIdSchema.optional(),
  },
  apply(draft, command) {
    const timeline = draft.need('timeline', command.timelineId);
    const track = findTrack(draft, timeline, 'caption', command.trackId);
    draft.refuseLocked(track);
    const captionId = draft.create('cue', {
      placement: { trackId: track.id, start: timeOn(timeline, command.at) },
      duration: durationOn(timeline, command.duration),
      text: command.text,
    });
    return { captionId };
  },
});

/** Changes the words of a caption; its times stay. */
export const captionSetText = defineEdit({
  type: 'caption.setText',
  label: 'Change caption',
  summary: 'Changes the words of a caption; its times stay.',
  parameters: { captionId: objectIdSchema, text: z.string().trim().min(1).max(400) },
  apply(draft, command) {
    const cue = draft.need('cue', command.captionId);
    draft.refuseLocked(draft.trackOf(cue));
    draft.set<'cue'>(cue.id, { text: command.text });
    return {};
  },
});
