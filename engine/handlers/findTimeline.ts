import { refuse } from '#core/fault.ts';
import type { ObjectId, Timeline } from '#core/model/entities.ts';
import type { ProjectFile } from '../project/projectFile.ts';

/** A timeline of a project, by default its first. Refuses `export/no-such-timeline`. */
export function findTimeline(file: ProjectFile, timelineId?: ObjectId): Timeline {
  const timeline =
    timelineId === undefined
      ? file.project.all('timeline')[0]
      : file.project.find('timeline', timelineId);
  return (
    timeline ??
    refuse('export/no-such-timeline', 'This project has no such timeline.', { timelineId })
  );
}
