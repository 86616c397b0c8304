import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type Clip, type ObjectId, objectIdSchema } from '../../model/entities.ts';
import { companions, timelineOfAll } from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';
import { chosenIdSchema } from '../ids.ts';

/**
 * Links clips, so that they move, trim and split together. A link that one of them had with others ends for it.
 * Refuses `edit/cannot-link` for titles and captions, and `edit/several-timelines`. Scope: links only.
 */
export const clipLink = defineEdit({
  type: 'clip.link',
  label: 'Link',
  summary: 'Links clips of one timeline so that they move, trim and split together.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(2).max(1000),
    linkId: chosenIdSchema
      .optional()
      .describe('Also links with every clip that has this link; default: a new link.'),
  },
  apply(draft, command) {
    const clips = [...new Set(command.clipIds)].map((id) => linkable(draft, id));
    timelineOfAll(draft, clips);
    if (clips.length < 2) {
      refuse('edit/cannot-link', 'Choose at least two clips to link.', {
        clipIds: command.clipIds,
      });
    }
    const linkId = command.linkId ?? draft.newId();
    for (const clip of clips) draft.set<'clip'>(clip.id, { linkId });
    // A link that was named may have clips elsewhere, which no edit could take along.
    for (const clip of clips.slice(0, 1)) companions(draft, draft.needItem(clip.id), 'linked');
    return { linkId };
  },
});

/** Ends the link of clips: each of them, and of those linked with them, stands alone. Scope: links only. */
export const clipUnlink = defineEdit({
  type: 'clip.unlink',
  label: 'Unlink',
  summary: 'Ends the link between clips: each named clip and those linked with it stand alone.',
  parameters: { clipIds: z.array(objectIdSchema).min(1).max(1000) },
  apply(draft, command) {
    const named = command.clipIds.map((id) => linkable(draft, id));
    const linked = named.flatMap((clip) => draft.project.linkedWith(clip));
    const clipIds = [...new Set(linked.map((item) => item.id))];
    for (const id of clipIds) {
      draft.refuseLocked(draft.trackOf(draft.needItem(id)));
      draft.set<'clip'>(id, { linkId: undefined });
    }
    return { clipIds };
  },
});

function linkable(draft: Draft, id: ObjectId): Clip {
  const item = draft.needItem(id);
  if (item.kind !== 'clip') {
    refuse('edit/cannot-link', 'Titles and captions stand by themselves and cannot be linked.', {
      itemId: id,
    });
  }
  draft.refuseLocked(draft.trackOf(item));
  return item;
}
