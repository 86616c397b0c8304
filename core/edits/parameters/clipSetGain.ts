import { z } from 'zod';
import { CLIP_PARAMETERS } from '../../model/parameters.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { companions } from '../arrange.ts';
import { halfOf, isClip, unlockedClips } from '../clips/clipHalves.ts';
import { setParameter } from './clipSetParameters.ts';
import { defineEdit } from '../definition.ts';

const { min, max } = CLIP_PARAMETERS.gainDb;

/**
 * Sets how loud a clip is, relative to its source, for its whole length. On a picture, the sound that is linked to it
 * changes. Scope: `gainDb` of all linked sound. Refuses `edit/no-sound`.
 */
export const clipSetGain = defineEdit({
  type: 'clip.setGain',
  label: 'Change volume',
  summary: 'Sets the volume of a clip’s sound in decibels; 0 is as recorded, −96 is silence.',
  parameters: {
    clipId: objectIdSchema,
    gainDb: z.number().min(min).max(max),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const linked = companions(draft, draft.needItem(command.clipId), command.scope);
    const sounding = linked.filter(isClip).filter((clip) => halfOf(draft, clip) === 'sound');
    const clips = unlockedClips(draft, sounding, 'sound', [command.clipId]);
    for (const clip of clips) setParameter(draft, clip, 'gainDb', command.gainDb);
    return { clipIds: clips.map((clip) => clip.id) };
  },
});
