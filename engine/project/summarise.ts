import { countChapterWords } from '#core/book/words.ts';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { assetOf, timelineEnd } from '#core/model/project.ts';
import { videoStreamOf } from '#core/media/facts.ts';
import type { DerivedStore } from '../media/derivedStore.ts';
import type { ProjectFile } from './projectFile.ts';
import type { RecentProject } from './recentProjects.ts';

/** What the list of recent projects shows of one. */
export function summarise(file: ProjectFile, derived: DerivedStore): RecentProject {
  const { project } = file;
  const longest = project
    .all('timeline')
    .reduce((end, timeline) => Math.max(end, timelineEnd(project, timeline.id)), 0);
  const words = project
    .all('book')
    .reduce(
      (sum, book) =>
        sum +
        chaptersOf(project, book.id).reduce(
          (count, chapter) => count + countChapterWords(chapter, book.metadata.language),
          0,
        ),
      0,
    );
  const firstClip = project
    .all('track')
    .filter((track) => track.trackKind === 'video')
    .flatMap((track) => project.itemsOn(track.id))[0];
  const asset = firstClip?.kind === 'clip' ? assetOf(project, firstClip) : undefined;
  return {
    path: file.path,
    projectId: file.projectId,
    name: file.name,
    openedAtMs: Date.now(),
    durationFlicks: longest,
    words,
    ...(asset && videoStreamOf(asset.facts)
      ? { poster: `/derived/${derived.place(asset).name}/poster.jpg` }
      : {}),
  };
}
