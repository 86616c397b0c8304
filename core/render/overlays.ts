import { shownTracks } from '../captions/captionTracks.ts';
import { TEMPLATES, type TemplateId, templateIdSchema } from '../graphics/templates.ts';
import type { OverlayLayer } from '../graphics/graphicKey.ts';
import type { Cue, Graphic, ObjectId, Timeline } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { type ProjectReader, tracksOfKind } from '../model/project.ts';
import type { Flicks } from '../time/flicks.ts';
import { frameAt } from '../time/rate.ts';

/** A title, lower third or caption over the picture, in frames of the timeline, `endFrame` exclusive. */
export type OverlayItem = {
  itemId: ObjectId;
  template: TemplateId;
  fields: Record<string, string>;
  startFrame: number;
  endFrame: number;
  /** Of what movement it shows a part: from which frame of how many; absent: all of its own. */
  motion?: { offsetFrames: number; durationFrames: number };
};

/**
 * Everything drawn over the picture between two times, bottom first: graphics tracks, then captions. Tracks that are
 * muted or not solo beside one that is, and items that are switched off, are not shown.
 */
export function overlaysBetween(
  project: ProjectReader,
  timeline: Timeline,
  start: Flicks,
  end: Flicks,
  captions: 'shown' | 'hidden',
): OverlayItem[] {
  const kinds = captions === 'shown' ? (['graphics', 'caption'] as const) : (['graphics'] as const);
  return kinds
    .flatMap((kind) => shownTracks(tracksOfKind(project, timeline.id, kind)))
    .flatMap((track) => project.itemsOn(track.id))
    .filter((item): item is Graphic | Cue => item.kind !== 'clip' && !item.disabled)
    .filter((item) => itemStart(item) < end && itemEnd(item) > start)
    .map((item) => overlayItem(timeline, item));
}

function overlayItem(timeline: Timeline, item: Graphic | Cue): OverlayItem {
  const { frameRate } = timeline.format;
  const span = {
    itemId: item.id,
    startFrame: frameAt(itemStart(item), frameRate),
    endFrame: frameAt(itemEnd(item), frameRate),
  };
  if (item.kind === 'cue') return { ...span, template: 'caption', fields: { text: item.text } };
  const template = templateIdSchema.safeParse(item.template);
  // A template of a newer version is shown as a plain title rather than not at all.
  return {
    ...span,
    template: template.success ? template.data : TEMPLATES.title.id,
    fields: item.fields,
    ...(item.motion === undefined
      ? {}
      : {
          motion: {
            offsetFrames: frameAt(item.motion.offset, frameRate, 'nearest'),
            durationFrames: frameAt(item.motion.duration, frameRate, 'nearest'),
          },
        }),
  };
}

/** The layers of one frame of the timeline. A part of a split title moves as the whole would at that moment. */
export function overlayLayersAt(items: readonly OverlayItem[], frame: number): OverlayLayer[] {
  return items
    .filter((item) => item.startFrame <= frame && frame < item.endFrame)
    .map((item) => {
      const length = item.endFrame - item.startFrame;
      const { offsetFrames, durationFrames } = item.motion ?? {
        offsetFrames: 0,
        durationFrames: length,
      };
      return {
        template: item.template,
        fields: item.fields,
        frame: frame - item.startFrame + offsetFrames,
        // A merge may pair a movement with a length that it does not cover.
        durationFrames: Math.max(durationFrames, offsetFrames + length),
      };
    });
}
