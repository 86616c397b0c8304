import type { ObjectId } from './entities.ts';
import type { ProjectReader } from './project.ts';

/** So many timelines may show one another, one inside the other; export and preview go no deeper. */
export const DEEPEST_NEST = 16;

/**
 * The ids of all timelines that are shown inside one, directly or through others, each once, the nearest first. The
 * timeline itself is not among them, even where a merge has made a circle.
 */
export function nestedTimelines(project: ProjectReader, timelineId: ObjectId): ObjectId[] {
  const found = new Set([timelineId]);
  // A set hands out what is added while it is gone through.
  for (const id of found) {
    for (const inner of shownIn(project, id)) found.add(inner);
  }
  return [...found].slice(1);
}

/** How many timelines lie one inside the other from this one down, itself included; counted up to one too many. */
export function nestDepth(project: ProjectReader, timelineId: ObjectId): number {
  let level = new Set([timelineId]);
  let depth = 0;
  while (level.size > 0 && depth <= DEEPEST_NEST) {
    depth += 1;
    level = new Set([...level].flatMap((id) => shownIn(project, id)));
  }
  return depth;
}

/** How many timelines lie one around the other from this one up, itself included; counted up to one too many. */
export function nestHeight(project: ProjectReader, timelineId: ObjectId): number {
  let level = new Set([timelineId]);
  let height = 0;
  while (level.size > 0 && height <= DEEPEST_NEST) {
    height += 1;
    level = new Set([...level].flatMap((id) => shownBy(project, id)));
  }
  return height;
}

/** The timelines that clips of one show. */
function shownIn(project: ProjectReader, timelineId: ObjectId): ObjectId[] {
  const items = project.tracksOf(timelineId).flatMap((track) => project.itemsOn(track.id));
  return items.flatMap((item) =>
    item.kind === 'clip' && item.nestedTimelineId !== undefined ? [item.nestedTimelineId] : [],
  );
}

/** The timelines with clips that show one. */
function shownBy(project: ProjectReader, timelineId: ObjectId): ObjectId[] {
  return project.nestsOf(timelineId).flatMap((clip) => {
    return project.find('track', clip.placement.trackId)?.timelineId ?? [];
  });
}
