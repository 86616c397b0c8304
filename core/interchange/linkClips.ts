import type { ObjectId } from '../model/entities.ts';
import type { PlacedClip } from './placedClip.ts';

/**
 * New links for the clips of a timeline. Clips that a file links stay linked, under ids of this project; of the others,
 * unless all links are known, a picture and a sound that use the same part of the same media at the same time are taken
 * to belong together.
 */
export function linkClips(
  tracks: readonly { kind: 'video' | 'audio'; clips: readonly PlacedClip[] }[],
  options: { linksAreKnown: boolean; newId: () => ObjectId },
): ReadonlyMap<PlacedClip, ObjectId> {
  const { linksAreKnown, newId } = options;
  const links = new Map<PlacedClip, ObjectId>();
  const idOfLink = new Map<string, ObjectId>();
  const pictures = new Map<string, PlacedClip[]>();
  for (const { kind, clips } of tracks) {
    for (const clip of clips) {
      const { link } = clip.clip;
      if (link !== null) {
        const id = idOfLink.get(link) ?? newId();
        idOfLink.set(link, id);
        links.set(clip, id);
        continue;
      }
      // What stands alone in a file that knows its links was parted on purpose.
      if (linksAreKnown) continue;
      if (kind === 'video') {
        const alike = pictures.get(keyOf(clip));
        if (alike === undefined) pictures.set(keyOf(clip), [clip]);
        else alike.push(clip);
      } else {
        const picture = pictures.get(keyOf(clip))?.shift();
        if (picture === undefined) continue;
        const id = newId();
        links.set(picture, id);
        links.set(clip, id);
      }
    }
  }
  return links;
}

function keyOf({ asset, start, sourceRange }: PlacedClip): string {
  return `${asset.assetId} ${start} ${sourceRange.in} ${sourceRange.out}`;
}
