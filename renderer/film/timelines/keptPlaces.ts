import type { ObjectId } from '#core/model/entities.ts';
import { Playhead } from '../preview/playhead.ts';
import { TimelineView } from '../timeline/timelineView.ts';

/** Where a timeline stands and how it is looked at. */
export type KeptPlace = { playhead: Playhead; view: TimelineView };

let places = new Map<ObjectId, KeptPlace>();
let ownerId = '';

/** Playhead and view of a timeline, as they were left; those of one project are kept at a time. */
export function keptPlace(projectId: string, timelineId: ObjectId): KeptPlace {
  if (ownerId !== projectId) places = new Map();
  ownerId = projectId;
  const place = places.get(timelineId) ?? { playhead: new Playhead(), view: new TimelineView() };
  places.set(timelineId, place);
  return place;
}
