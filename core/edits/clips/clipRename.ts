import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';

/** Names a clip or title; the asset keeps its own name. */
export const clipRename = defineEdit({
  type: 'clip.rename',
  label: 'Rename clip',
  summary: 'Gives a clip or title another name.',
  parameters: { clipId: objectIdSchema, name: z.string().trim().min(1).max(500) },
  apply(draft, command) {
    const item = draft.needItem(command.clipId);
    if (item.kind === 'cue')
      refuse('edit/no-name', 'A caption has no name; change its text.', { itemId: item.id });
    draft.refuseLocked(draft.trackOf(item));
    draft.set<'clip'>(item.id, { name: command.name });
    return {};
  },
});
