import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { audioStreamOf, type MediaFacts, videoStreamOf } from '../../media/facts.ts';
import {
  type Asset,
  type Clip,
  type ObjectId,
  objectIdSchema,
  registerSchemas,
} from '../../model/entities.ts';
import { itemDuration, itemStart } from '../../model/items.ts';
import { sliceRange, spareTime } from '../../model/sourceRange.ts';
import { addFlicks, type Flicks, flicks, ZERO } from '../../time/flicks.ts';
import { frameDuration, wholeFrames } from '../../time/rate.ts';
import { trimItem } from '../arrange.ts';
import { defineEdit } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { chosenIdSchema } from '../ids.ts';
import { settleTransitions } from '../transitions/transitions.ts';

/** Adds a probed media file to the library. The engine issues it after import; nothing is placed on a timeline. */
export const assetAdd = defineEdit({
  type: 'asset.add',
  label: 'Import media',
  summary: 'Adds a probed media file to the library.',
  parameters: {
    ...registerSchemas.asset.shape,
    assetId: chosenIdSchema.optional().describe('Id for the new asset; default: a new one.'),
  },
  apply(draft, command) {
    const { assetId, ...registers } = command;
    return { assetId: draft.create('asset', registers, assetId) };
  },
});

/** Takes an unused asset out of the library; the file on disk stays. Refuses `edit/asset-in-use`. */
export const assetRemove = defineEdit({
  type: 'asset.remove',
  label: 'Remove media',
  summary: 'Takes an asset that no clip uses out of the library; the file on disk stays.',
  parameters: { assetId: objectIdSchema },
  apply(draft, command) {
    const asset = draft.need('asset', command.assetId);
    const uses = draft.project.all('clip').filter((clip) => clip.assetId === asset.id).length;
    if (uses > 0) {
      refuse(
        'edit/asset-in-use',
        `“${asset.name}” is used by ${uses === 1 ? 'a clip' : `${uses} clips`}. Delete ${uses === 1 ? 'it' : 'them'} first.`,
        { uses },
      );
    }
    draft.remove(asset.id);
    return {};
  },
});

/**
 * Points an asset at the place where its file lies now. With `file` the asset becomes what that file is, for media
 * that was changed or made again: clips that use more than there is now are shortened or the edit is refused
 * (`edit/media-shorter`), as it is when a clip would lose its picture or sound (`edit/media-other-kind`). A clip of
 * which nothing would be left always refuses. Dissolves that lack media afterwards become shorter.
 */
export const assetRelink = defineEdit({
  type: 'asset.relink',
  label: 'Relink media',
  summary: 'Points an asset at the place where its file lies now; its clips follow.',
  parameters: {
    assetId: objectIdSchema,
    location: registerSchemas.asset.shape.location,
    contentHash: registerSchemas.asset.shape.contentHash.describe(
      'SHA-256 of the whole file, when it is known.',
    ),
    file: registerSchemas.asset
      .pick({ identity: true, facts: true })
      .optional()
      .describe('What the file is now, when it is not the one that was imported.'),
    longClips: z
      .enum(['refuse', 'trim'])
      .default('refuse')
      .describe('What happens to clips that use more than the new file has.'),
  },
  apply(draft, command) {
    const { location, contentHash, file } = command;
    const asset = draft.need('asset', command.assetId);
    if (file === undefined) {
      draft.set<'asset'>(asset.id, { location, ...(contentHash !== undefined && { contentHash }) });
      return { trimmedClipIds: [] };
    }
    draft.set<'asset'>(asset.id, { location, contentHash, ...file });
    const clips = draft.project.all('clip').filter((clip) => clip.assetId === asset.id);
    refuseOtherKind(draft, asset, file.facts, clips);
    const trimmed = fitClips(draft, asset.name, file.facts, clips, command.longClips);
    settleTransitions(
      draft,
      clips.map((clip) => clip.id),
    );
    return { trimmedClipIds: trimmed };
  },
});

function refuseOtherKind(
  draft: Draft,
  before: Asset,
  facts: MediaFacts,
  clips: readonly Clip[],
): void {
  const lost = clips.filter((clip) => {
    const isSound = draft.trackOf(clip).trackKind === 'audio';
    return (isSound ? audioStreamOf(facts) : videoStreamOf(facts)) === undefined;
  });
  const isStill = facts.mediaKind === 'image';
  const wasStill = before.facts.mediaKind === 'image';
  if (lost.length === 0 && (isStill === wasStill || clips.length === 0)) return;
  refuse(
    'edit/media-other-kind',
    `The file now is something else than “${before.name}” was, and clips use what it no longer has. Import it as new media instead.`,
    { clipIds: lost.map((clip) => clip.id), was: before.facts.mediaKind, is: facts.mediaKind },
  );
}

/** Shortens clips that use more than the media has; gives their ids. */
function fitClips(
  draft: Draft,
  name: string,
  facts: MediaFacts,
  clips: readonly Clip[],
  longClips: 'refuse' | 'trim',
): ObjectId[] {
  if (facts.mediaKind === 'image') return [];
  const frameOf = (clip: Clip) => frameDuration(draft.timelineOf(clip).format.frameRate);
  // As when a clip is placed, its last frame may begin inside the media and end after it.
  const long = clips.filter(
    (clip) => clip.sourceRange.out > addFlicks(facts.duration, frameOf(clip)),
  );
  if (long.length === 0) return [];
  const fits = long.map((clip) => ({ clip, length: fittingLength(draft, clip, facts.duration) }));
  const lost = fits.filter(({ length }) => length <= 0);
  const clipIds = long.map((clip) => clip.id);
  if (lost.length > 0 || longClips === 'refuse') {
    const many = long.length === 1 ? 'A clip uses' : `${long.length} clips use`;
    const left =
      lost.length === 0
        ? ''
        : ` Of ${lost.length === 1 ? 'one' : `${lost.length} of them`} nothing would be left.`;
    refuse(
      'edit/media-shorter',
      `${many} more of “${name}” than the file has now.${left} Shorten or delete ${long.length === 1 ? 'it' : 'them'} first, or find the original file.`,
      { clipIds, lostClipIds: lost.map(({ clip }) => clip.id), available: facts.duration },
    );
  }
  for (const { clip, length } of fits) {
    draft.refuseLocked(draft.trackOf(clip));
    trimItem(draft, clip, 'tail', addFlicks(itemStart(clip), length));
  }
  return clipIds;
}

/** How long a clip can be, from its own beginning on, when its media lasts `available`; in whole frames, 0 for none. */
function fittingLength(draft: Draft, clip: Clip, available: Flicks): Flicks {
  const { frameRate } = draft.timelineOf(clip).format;
  const frame = frameDuration(frameRate);
  const first = sliceRange(clip.sourceRange, ZERO, frame);
  if (first.out > available) return ZERO;
  const { tail } = spareTime(first, { in: ZERO, out: available });
  const length = Math.min(frame + tail, itemDuration(clip));
  return wholeFrames(flicks(length), frameRate);
}
