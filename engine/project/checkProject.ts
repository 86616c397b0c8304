import type { CallOutput } from '#core/contract/contract.ts';
import { itemEnd, itemStart } from '#core/model/items.ts';
import type { Clip } from '#core/model/entities.ts';
import { assetOf, type Project } from '#core/model/project.ts';
import { findAssetFile } from '../media/assetLocation.ts';
import type { ProjectFile } from './projectFile.ts';

type Report = CallOutput<'project.check'>;
type Problem = Report['problems'][number];

/** Says something about the surroundings of a project, which is well all the same. */
const BACKUP_WARNING = 'check/no-backup';

/** Looks for damage in the file, broken rules of the timeline, and missing media. */
export function checkProject(file: ProjectFile): Report {
  file.refresh();
  const problems = [
    ...file
      .integrityProblems()
      .map((message) => ({ code: 'check/damaged', where: file.path, message })),
    ...timelineProblems(file.project),
    ...mediaProblems(file),
    ...backupProblems(file),
  ];
  const ok = problems.every((problem) => problem.code === BACKUP_WARNING);
  return { ok, revision: file.revision, problems };
}

function backupProblems(file: ProjectFile): Problem[] {
  const reason = file.backupProblem;
  if (reason === null) return [];
  return [
    {
      code: BACKUP_WARNING,
      where: file.path,
      message: `The last backup of this project could not be made: ${reason}. The project itself is safe.`,
    },
  ];
}

function timelineProblems(project: Project): Problem[] {
  return project.all('track').flatMap((track) => {
    const found: Problem[] = [];
    if (project.find('timeline', track.timelineId) === undefined) {
      found.push({
        code: 'check/orphan',
        where: track.id,
        message: `Track “${track.name}” belongs to no timeline.`,
      });
    }
    const items = project.itemsOn(track.id);
    for (const [index, item] of items.entries()) {
      const next = items[index + 1];
      if (next && itemEnd(item) > itemStart(next)) {
        found.push({
          code: 'check/overlap',
          where: item.id,
          message: `Two items overlap on track “${track.name}”.`,
        });
      }
      if (item.kind === 'clip' && !hasSource(project, item)) {
        found.push({
          code: 'check/orphan',
          where: item.id,
          message: `Clip “${item.name}” has no media.`,
        });
      }
    }
    return found;
  });
}

function mediaProblems(file: ProjectFile): Problem[] {
  return file.project
    .all('asset')
    .filter((asset) => findAssetFile(asset, file.path) === null)
    .map((asset) => ({
      code: 'check/media-missing',
      where: asset.id,
      message: `“${asset.name}” is not where it was: ${asset.location.absolute}. Relink it from the folder it is in now.`,
    }));
}

function hasSource(project: Project, clip: Clip): boolean {
  return clip.nestedTimelineId === undefined
    ? assetOf(project, clip) !== undefined
    : project.find('timeline', clip.nestedTimelineId) !== undefined;
}
