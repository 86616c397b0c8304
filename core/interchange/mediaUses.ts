import type { InterchangeMedia, InterchangeTimeline } from './interchangeTimeline.ts';
import { USUAL_FORMAT } from './fcpxmlResources.ts';

/** What the files of a timeline are used for, by their addresses, where nothing else is known of them. */
export function mediaUses(timeline: InterchangeTimeline): ReadonlyMap<string, InterchangeMedia> {
  const uses = new Map<string, InterchangeMedia>();
  for (const sequence of [timeline, ...(timeline.nested?.values() ?? [])]) {
    const { width, height, sampleRateHz } = sequence.format ?? USUAL_FORMAT;
    for (const { kind, items } of sequence.tracks) {
      for (const item of items) {
        if (item.kind === 'gap' || item.mediaUrl === null) continue;
        const known = uses.get(item.mediaUrl) ?? { picture: null, sound: null };
        const frameRate = item.mediaDuration === null ? null : sequence.frameRate;
        uses.set(
          item.mediaUrl,
          kind === 'video'
            ? { ...known, picture: { width, height, frameRate } }
            : { ...known, sound: { channels: 2, sampleRateHz } },
        );
      }
    }
  }
  return uses;
}
