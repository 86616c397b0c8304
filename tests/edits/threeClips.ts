import type { EditCommand } from '#core/edits/registry.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { apply, type SampleProject, sampleProject } from './sampleProject.ts';

/** A frame of the sample project, in flicks. */
export const FRAME = FLICKS_PER_SECOND / 25;

/** Clips “a”, “b” and “c” of 50 frames that touch, with sound, and 20 frames of media ahead of each. */
export function threeClips(): SampleProject {
  const sample = sampleProject();
  const append = (id: string): EditCommand => ({
    type: 'clip.append',
    timelineId: sample.timelineId,
    assetId: sample.assets.film,
    in: '20f',
    out: '70f',
    clipIds: [id, `${id}-sound`],
  });
  apply(sample.project, 'clips', [append('a'), append('b'), append('c')]);
  return sample;
}
