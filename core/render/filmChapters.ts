import type { ObjectId } from '../model/entities.ts';
import type { ProjectReader } from '../model/project.ts';
import { type Flicks, flicks, maxFlicks } from '../time/flicks.ts';
import { frameStart } from '../time/rate.ts';
import type { ExportPlan } from './planExport.ts';

/** A chapter of a film; times in flicks from its beginning, `end` exclusive. */
export type FilmChapter = { start: Flicks; end: Flicks; name: string };

/**
 * The chapters of a film: one from each chapter marker of its timeline to the next, the last to the end. A chapter that
 * began before an exported range begins with it. Of several at one time the last one counts.
 */
export function filmChapters(
  project: ProjectReader,
  timelineId: ObjectId,
  plan: Pick<ExportPlan, 'frameRate' | 'startFrame' | 'endFrame'>,
): FilmChapter[] {
  const from = frameStart(plan.startFrame, plan.frameRate);
  const to = frameStart(plan.endFrame, plan.frameRate);
  const marks = project
    .markersOf(timelineId)
    .filter(({ markerKind, span }) => markerKind === 'chapter' && span.time < to)
    .sort((a, b) => a.span.time - b.span.time);
  const isOver = (index: number) => {
    const next = marks[index + 1];
    return next !== undefined && maxFlicks(next.span.time, from) === startOf(index);
  };
  const startOf = (index: number) => maxFlicks(marks[index]?.span.time ?? from, from);
  return marks.flatMap(({ name }, index) => {
    if (isOver(index)) return [];
    const start = flicks(startOf(index) - from);
    const end = flicks((marks[index + 1]?.span.time ?? to) - from);
    return [{ start, end, name }];
  });
}
