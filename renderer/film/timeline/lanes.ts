import type { Track, TrackKind } from '#core/model/entities.ts';
import { lanesOf } from './keyboardOrder.ts';
import type { ProjectReader } from '#core/model/project.ts';

/** A track as it lies on the screen: pixels from the top of the lanes. */
export type Lane = { track: Track; top: number; height: number };

const HEIGHTS: Record<TrackKind, number> = { video: 64, audio: 52, graphics: 30, caption: 30 };
/** Gap between lanes, the surface showing through. */
const GAP = 2;

/** The lanes of a timeline from the top. */
export function layLanes(project: ProjectReader, timelineId: string): Lane[] {
  let top = 0;
  return lanesOf(project, timelineId).map((track) => {
    const lane = { track, top, height: track.height ?? HEIGHTS[track.trackKind] };
    top += lane.height + GAP;
    return lane;
  });
}

export function heightOfLanes(lanes: readonly Lane[]): number {
  const last = lanes.at(-1);
  return last === undefined ? 0 : last.top + last.height;
}

/** The lane at `y`; above the first and below the last there is none. */
export function laneAt(lanes: readonly Lane[], y: number): Lane | undefined {
  return lanes.find((lane) => y >= lane.top && y < lane.top + lane.height + GAP);
}
