import { z } from 'zod';
import { refuse } from '../fault.ts';
import type { Clip } from '../model/entities.ts';
import { objectIdSchema } from '../model/entities.ts';
import { companions } from './arrange.ts';
import { defineEdit } from './definition.ts';

/** Sets how loud a clip is, relative to its source. On a picture, the sound that is linked to it changes. */
export const clipSetGain = defineEdit({
  type: 'clip.setGain',
  label: 'Change volume',
  summary: 'Sets the volume of a clip’s sound in decibels; 0 is as recorded, −96 is silence.',
  parameters: {
    clipId: objectIdSchema,
    gainDb: z.number().min(-96).max(24),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const item = draft.needItem(command.clipId);
    const sounding = companions(draft, item, command.scope).filter(
      (other): other is Clip => other.kind === 'clip' && draft.trackOf(other).trackKind === 'audio',
    );
    if (sounding.length === 0) {
      refuse('edit/no-sound', 'This clip has no sound of its own.', { itemId: item.id });
    }
    for (const clip of sounding) {
      draft.refuseLocked(draft.trackOf(clip));
      draft.set<'clip'>(clip.id, { gainDb: command.gainDb === 0 ? undefined : command.gainDb });
    }
    return { clipIds: sounding.map((clip) => clip.id) };
  },
});
