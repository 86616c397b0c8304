import { z } from 'zod';
import { readClipboard } from '../../clipboard/readClipboard.ts';
import { refuse } from '../../fault.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import { timeOn } from '../arrange.ts';
import { defineEdit } from '../definition.ts';
import { makeRoom } from '../clips/moveItems.ts';
import { createItems, fittedItems, type Pasted } from './pasteItems.ts';
import { pasteTracks } from './pasteTracks.ts';

/**
 * Puts copied items on a timeline of this or another project, the earliest at `at`.
 *
 *   overwrite:  █████████   →   ██▓▓▓░▓▓█     (each replaces what stands in its place; gaps between them stay)
 *   insert:     █████████   →   ██▓▓▓.▓▓█████████     (later items make room for the whole block)
 *
 * They bring their effects, markers, transitions, links and groups (new ones), the assets that the project does not have
 * yet (the same file is the same asset), and their nested timelines: as copies, unless the project has that very
 * timeline. Tracks are found by kind and place (V2 to V2) or made. On a timeline of another frame rate both ends of an
 * item go to the nearest frame, so that clips that touched still touch, and in points stay; items shorter than half a
 * frame are left out and counted.
 *
 * Scope: the tracks that are found (insert: as `clip.insert` ripples). Clamping: none. Refuses `edit/bad-clipboard` for
 * what is no sound clipboard, `edit/wrong-track`, `edit/track-locked`, `edit/nothing-to-paste`, `edit/bad-time`.
 */
export const clipPaste = defineEdit({
  type: 'clip.paste',
  label: 'Paste',
  summary:
    'Puts copied items, with the media and nested timelines they need, on a timeline; what stands there is replaced or makes room.',
  parameters: {
    timelineId: objectIdSchema,
    at: timeInputSchema.describe('Start of the earliest item.'),
    clipboard: z.unknown().describe('What copying gave: “inkreel/clipboard”, version 1.'),
    mode: z.enum(['overwrite', 'insert']).default('overwrite'),
    trackIds: z
      .array(objectIdSchema)
      .max(1000)
      .optional()
      .describe('Tracks for those of the copied items, of each kind in this order.'),
  },
  apply(draft, command) {
    const timeline = draft.need('timeline', command.timelineId);
    const at = timeOn(timeline, command.at);
    const clipboard = readClipboard(command.clipboard);
    const sheet = clipboard.main;
    const tracks = pasteTracks(draft, timeline, sheet.tracks, command.trackIds);
    const pasted: Pasted = {
      assets: new Map(),
      timelines: new Map(),
      madeAssetIds: [],
      madeTimelineIds: [],
    };
    const { trackIds } = tracks;
    const items = fittedItems(draft, { clipboard, sheet, timeline, trackIds, at, pasted });
    if (items.size === 0) {
      refuse('edit/nothing-to-paste', 'What was copied is shorter than a frame of this timeline.');
    }
    const destinations = [...items.values()].map((item) => ({ item, ...item.placement }));
    makeRoom(draft, destinations, command.mode);
    createItems(draft, sheet, items, timeline.format.frameRate);
    return {
      clipIds: [...items.values()].map((item) => item.id),
      trackIds: tracks.made,
      assetIds: pasted.madeAssetIds,
      timelineIds: pasted.madeTimelineIds,
      leftOut: sheet.items.length - items.size,
    };
  },
});
