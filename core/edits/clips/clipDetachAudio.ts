import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type Clip, type ObjectId, objectIdSchema } from '../../model/entities.ts';
import { companions } from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';
import { relink } from '../splitTracks.ts';

/**
 * Makes the sound of clips independent of their picture: each can then be moved, trimmed and removed on its own.
 *
 *   V1 ███┐             V1 ███
 *   A1 ~~~┘       →     A1 ~~~  “Interview (sound)”
 *
 * Several sounds of one picture stay linked with each other, as do several pictures. Scope: links, and the names of
 * the sounds. `edit/no-sound`: a named clip has no sound that is linked with a picture. `edit/track-locked`,
 * `edit/several-timelines`.
 */
export const clipDetachAudio = defineEdit({
  type: 'clip.detachAudio',
  label: 'Detach audio',
  summary: 'Makes the sound of clips independent of their picture and names it. Nothing moves.',
  parameters: {
    clipIds: z
      .array(objectIdSchema)
      .min(1)
      .max(10_000)
      .describe('Pictures, or the sounds linked with them.'),
    name: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .optional()
      .describe('Name of the sound; default: that of the picture with “(sound)”.'),
  },
  apply(draft, command) {
    const done = new Set<ObjectId>();
    const detached: ObjectId[] = [];
    for (const id of command.clipIds) {
      const item = draft.needItem(id);
      if (done.has(id)) continue;
      const { pictures, sounds } = halves(draft, id);
      const [picture] = pictures;
      if (picture === undefined || sounds.length === 0) {
        refuse('edit/no-sound', 'There is no sound here that is linked with a picture.', {
          itemId: item.id,
        });
      }
      const name = command.name ?? `${picture.name.slice(0, 490)} (sound)`;
      for (const clip of [...pictures, ...sounds]) {
        draft.refuseLocked(draft.trackOf(clip));
        done.add(clip.id);
      }
      relink(draft, pictures);
      relink(draft, sounds);
      for (const clip of sounds) {
        draft.set<'clip'>(clip.id, { name });
        detached.push(clip.id);
      }
    }
    return { clipIds: detached };
  },
});

function halves(draft: Draft, id: ObjectId): { pictures: Clip[]; sounds: Clip[] } {
  const clips = companions(draft, draft.needItem(id), 'linked').flatMap((item) =>
    item.kind === 'clip' ? [item] : [],
  );
  const isSound = (clip: Clip) => draft.trackOf(clip).trackKind === 'audio';
  return {
    pictures: clips.filter((clip) => !isSound(clip)),
    sounds: clips.filter(isSound),
  };
}
