import { graphicFieldsSchema, resolveFields, TEMPLATES } from '../../graphics/templates.ts';
import type { ObjectId, Timeline } from '../../model/entities.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { tracksOfKind } from '../../model/project.ts';
import { addFlicks, type Flicks } from '../../time/flicks.ts';
import { snapToFrame } from '../../time/rate.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import { durationOn, timeOn } from '../arrange.ts';
import { addTrack, findTrack } from '../clips/clipPlacement.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';
import { nameFrom, titleTemplateSchema } from './titleFields.ts';

/**
 * Puts a title or lower third over the picture. Without a track it takes the lowest graphics track that is free
 * there, or a new one above the others, so that nothing is ever covered up or cut.
 */
export const titleAdd = defineEdit({
  type: 'title.add',
  label: 'Add title',
  summary:
    'Puts a title or lower third over the picture, on a free graphics track. Nothing else changes.',
  parameters: {
    timelineId: objectIdSchema,
    at: timeInputSchema,
    duration: timeInputSchema.optional().describe('Default: as the template says.'),
    template: titleTemplateSchema.default('title'),
    fields: graphicFieldsSchema.default({}),
    trackId: objectIdSchema.optional(),
  },
  apply(draft, command) {
    const timeline = draft.need('timeline', command.timelineId);
    const template = TEMPLATES[command.template];
    const fields = resolveFields(command.template, command.fields);
    const start = timeOn(timeline, command.at);
    const duration =
      command.duration === undefined
        ? snapToFrame(template.defaultDuration, timeline.format.frameRate)
        : durationOn(timeline, command.duration);
    const track =
      command.trackId === undefined
        ? draft.need('track', freeGraphicsTrack(draft, timeline, start, addFlicks(start, duration)))
        : findTrack(draft, timeline, 'graphics', command.trackId);
    draft.refuseLocked(track);
    const titleId = draft.create('graphic', {
      name: nameFrom(fields) ?? template.name,
      placement: { trackId: track.id, start },
      duration,
      template: command.template,
      fields,
    });
    return { titleId };
  },
});

function freeGraphicsTrack(draft: Draft, timeline: Timeline, start: Flicks, end: Flicks): ObjectId {
  const free = tracksOfKind(draft.project, timeline.id, 'graphics').find(
    (track) =>
      !track.locked &&
      draft.project
        .itemsOn(track.id)
        .every((item) => itemEnd(item) <= start || itemStart(item) >= end),
  );
  return free?.id ?? addTrack(draft, timeline, 'graphics');
}
